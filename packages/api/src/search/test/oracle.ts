interface Said {
  readonly id: string;
  text: string;
  readonly by: string;
  readonly to: ReadonlySet<string>;
  readonly hiddenFrom: Set<string>;
  gone: boolean;
}

/** What each person must find in one group, as simply as it can be said. Texts are words between single spaces. */
export function createSearchOracle<Name extends string>(founders: readonly Name[]) {
  const inside = new Set<Name>(founders);
  const said: Said[] = [];
  const may = (who: Name, m: Said) => inside.has(who) && m.to.has(who) && !m.hiddenFrom.has(who) && !m.gone;

  return {
    inside: (who: Name) => inside.has(who),
    in: (who: Name) => void inside.add(who),
    out: (who: Name) => void inside.delete(who),
    seats: () => inside.size,
    post: (by: Name, id: string, text: string) => void said.push({ id, by, text, to: new Set(inside), hiddenFrom: new Set(), gone: false }),
    /** The messages this person may act on, newest last. */
    visible: (who: Name) => said.filter((m) => may(who, m)),
    own: (who: Name) => said.filter((m) => may(who, m) && m.by === who),
    edit: (id: string, text: string) => said.filter((m) => m.id === id).forEach((m) => void (m.text = text)),
    remove: (id: string) => said.filter((m) => m.id === id).forEach((m) => void (m.gone = true)),
    hide: (who: Name, id: string) => said.filter((m) => m.id === id).forEach((m) => void m.hiddenFrom.add(who)),
    clear: (who: Name) => said.forEach((m) => void m.hiddenFrom.add(who)),
    /** Ids, newest first. */
    finds: (who: Name, ...words: string[]) =>
      said
        .filter((m) => may(who, m) && words.every((word) => m.text.split(' ').includes(word)))
        .map((m) => m.id)
        .toReversed(),
    /** Ids of what `by` said, newest first. */
    findsOf: (who: Name, by: Name) =>
      said
        .filter((m) => may(who, m) && m.by === by)
        .map((m) => m.id)
        .toReversed(),
  };
}
