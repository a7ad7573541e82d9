import { refusalOf } from '@koreromai/client';
import { createSignal } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { toast } from './toast.tsx';

/** A command behind a button: one at a time, and a refusal is said in a toast. Resolves to whether it was done. */
export function createCommand<Given extends unknown[]>(work: (...given: Given) => Promise<unknown>) {
  const [busy, setBusy] = createSignal(false);
  const run = async (...given: Given): Promise<boolean> => {
    if (busy()) return false;
    setBusy(true);
    try {
      await work(...given);
      return true;
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
