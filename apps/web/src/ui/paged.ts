import { type Refused, refusalOf } from '@koreromai/client';
import type { Page } from '@koreromai/contract';
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

export interface Paged<Item> {
  /** Undefined until the first page has come. */
  readonly items: Accessor<readonly Item[] | undefined>;
  /** There is another page. */
  readonly more: Accessor<boolean>;
  readonly busy: Accessor<boolean>;
  readonly refused: Accessor<Refused | undefined>;
  next(): void;
  /** From the first page again; what is shown stays until it has come. */
  again(): void;
  /** What a command changed, without asking again. */
  change(change: (items: readonly Item[]) => readonly Item[]): void;
}

/** A list of the server by pages, read anew whenever `source` changes. Answers to a question that is no longer asked are dropped. */
export function createPaged<Source, Item>(
  source: Accessor<Source>,
  page: (source: Source, cursor: string | null) => Promise<Page<Item>>,
): Paged<Item> {
  const [items, setItems] = createSignal<readonly Item[]>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<Refused>();
  let round = 0;
  const load = async (now: Source, from: string | null) => {
    round += 1;
    const mine = round;
    setBusy(true);
    setRefused(undefined);
    try {
      const got = await page(now, from);
      if (mine !== round) return;
      setItems((held) => (from === null ? got.items : [...(held ?? []), ...got.items]));
      setCursor(got.nextCursor);
    } catch (error) {
      if (mine === round) setRefused(refusalOf(error));
    }
    if (mine === round) setBusy(false);
  };
  onCleanup(() => {
    round += 1;
  });
  createEffect(on(source, (now) => void load(now, null)));
  return {
    items,
    more: () => cursor() !== null,
    busy,
    refused,
    next: () => !busy() && void load(source(), cursor()),
    again: () => void load(source(), null),
    change: (change) => void setItems((held) => held && change(held)),
  };
}
