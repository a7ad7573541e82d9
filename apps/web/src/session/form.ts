import { type Refused, refusalOf } from '@koreromai/client';
import type { ErrorCode } from '@koreromai/contract';
import { createSignal } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { faultSentence } from './faults.ts';

/** One submission at a time, with the words for a refusal and the fields it names. */
export function createSubmission(work: () => Promise<unknown>) {
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<Refused>();
  const submit = async () => {
    if (busy()) return;
    setBusy(true);
    setRefused(undefined);
    try {
      await work();
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit();
  };
  /** The words for this one refusal, to stand beside the field that it is about. */
  const refusedAs = (code: ErrorCode) => {
    const now = refused();
    return now?.code === code ? reasonOf(now) : undefined;
  };
  const fieldError = (name: string) => {
    const fault = refused()?.fields?.[name];
    return fault === undefined ? undefined : faultSentence(fault);
  };
  return { busy, refused, refusedAs, onSubmit, submit, fieldError };
}
