import { type Accessor, createMemo, createSignal, For, type JSX, type Setter, untrack } from 'solid-js';

/**
 * A list whose elements belong to keys, not to objects: state is immutable, so a changed item is a new object,
 * and `<For>` alone would build its element anew and drop focus, scroll place and open menus with it.
 *
 * Each item is a signal of its own, written where it changed. Were it read out of the list, every element would have to
 * look again whenever one is added.
 */
export function Keyed<Item>(props: {
  each: readonly Item[];
  by: (item: Item) => string;
  children: (item: Accessor<Item>) => JSX.Element;
}): JSX.Element {
  const signals = new Map<string, { readonly item: Accessor<Item>; readonly set: Setter<Item> }>();
  const keys = createMemo<readonly string[]>(
    () => {
      const byKey = new Map(props.each.map((item) => [props.by(item), item]));
      for (const key of signals.keys()) if (!byKey.has(key)) signals.delete(key); // an element on its way out keeps what it had
      for (const [key, item] of byKey) {
        const held = signals.get(key);
        if (held !== undefined) held.set(() => item);
        else {
          const [read, set] = createSignal(item);
          signals.set(key, { item: read, set });
        }
      }
      return [...byKey.keys()];
    },
    [],
    { equals: (a, b) => a.length === b.length && a.every((key, at) => key === b[at]) },
  );
  return (
    <For each={keys()}>
      {(key) => {
        const held = signals.get(key);
        return held === undefined ? null : untrack(() => props.children(held.item));
      }}
    </For>
  );
}
