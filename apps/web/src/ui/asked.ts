import { type Refused, refusalOf } from '@koreromai/client';
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

export interface Asked<Value> {
  /** Undefined until the first answer; the last one while it is asked again. */
  readonly value: Accessor<Value | undefined>;
  readonly busy: Accessor<boolean>;
  readonly refused: Accessor<Refused | undefined>;
  again(): void;
  /** What a command answered. */
  set(value: Value): void;
}

/** One thing of the server, asked for anew whenever `source` changes. Never suspends the page around it. */
export function createAsked<Source, Value>(source: Accessor<Source>, ask: (source: Source) => Promise<Value>): Asked<Value> {
  const [held, setHeld] = createSignal<{ value: Value }>();
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<Refused>();
  let round = 0;
  const load = async (now: Source) => {
    round += 1;
    const mine = round;
    setBusy(true);
    setRefused(undefined);
    try {
      const value = await ask(now);
      if (mine === round) setHeld({ value });
    } catch (error) {
      if (mine === round) setRefused(refusalOf(error));
    }
    if (mine === round) setBusy(false);
  };
  onCleanup(() => {
    round += 1;
  });
  createEffect(on(source, (now) => void load(now)));
  return {
    value: () => held()?.value,
    busy,
    refused,
    again: () => void load(source()),
    set: (value) => void setHeld({ value }),
  };
}
