import { refusalOf } from '@koreromai/client';
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { toast } from './toast.tsx';

/**
 * A setting of several fields that is written as one. What is chosen is shown at once and stands until `held` tells of
 * it, so that a second choice made while the first is under way is added to it and neither is lost. A refusal is said in
 * a toast, and what `held` says is shown again.
 */
export function createWish<Setting extends object>(held: Accessor<Setting>, write: (wish: Setting) => Promise<unknown>) {
  const [wish, setWish] = createSignal<Setting>();
  let writing = false;
  const shown = () => wish() ?? held();
  const told = () => {
    if (!writing) setWish(undefined);
  };
  createEffect(on(held, told, { defer: true }));
  const choose = async (change: Partial<Setting>): Promise<void> => {
    setWish(() => ({ ...shown(), ...change }));
    if (writing) return;
    writing = true;
    try {
      for (let sent: Setting | undefined; sent !== wish(); ) {
        sent = wish();
        if (sent !== undefined) await write(sent);
      }
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
      setWish(undefined);
    } finally {
      writing = false;
    }
    if (JSON.stringify(wish()) === JSON.stringify(held())) told();
  };
  return { shown, choose };
}
