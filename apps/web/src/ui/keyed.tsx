import { type Accessor, createMemo, For, type JSX, untrack } from 'solid-js';

/**
 * A list whose elements belong to keys, not to objects: state is immutable, so a changed item is a new object,
 * and `<For>` alone would build its element anew and drop focus, scroll place and open menus with it.
 */
export function Keyed<Item>(props: {
  each: readonly Item[];
  by: (item: Item) => string;
  children: (item: Accessor<Item>) => JSX.Element;
}): JSX.Element {
  const byKey = createMemo(() => new Map(props.each.map((item) => [props.by(item), item])));
  const keys = createMemo(() => [...byKey().keys()]);
  return (
    <For each={keys()}>
      {(key) => {
        const first = untrack(byKey).get(key);
        if (first === undefined) return null;
        // An element on its way out may be asked once more; it keeps what it had.
        const item = createMemo<Item>((before) => byKey().get(key) ?? before, first);
        return untrack(() => props.children(item));
      }}
    </For>
  );
}
