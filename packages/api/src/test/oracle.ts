/** What each person must see of one group, kept as simply as it can be said: whoever is in when it is said may see it whenever they are in. */
export function createOracle<Name extends string>(founders: readonly Name[]) {
  const inside = new Set<Name>(founders);
  const said: { id: string; by: Name; to: Set<Name> }[] = [];
  const marks = new Map<Name, number>();
  const mayEverSee = (who: Name) => said.filter((m) => m.to.has(who));

  return {
    get said() {
      return said.map((m) => m.id);
    },
    post(by: Name, id: string): 'done' | 'NOT_FOUND' | 'GROUP_UNDERFULL' {
      if (!inside.has(by)) return 'NOT_FOUND';
      if (inside.size < 2) return 'GROUP_UNDERFULL';
      said.push({ id, by, to: new Set(inside) });
      return 'done';
    },
    in: (who: Name) => void inside.add(who),
    out: (who: Name) => void inside.delete(who),
    /** M6: an owner's removal that leaves fewer than three is refused; who is out already changes nothing. */
    remove(who: Name): 'done' | 'GROUP_MIN_MEMBERS' {
      if (!inside.has(who)) return 'done';
      if (inside.size <= 3) return 'GROUP_MIN_MEMBERS';
      inside.delete(who);
      return 'done';
    },
    /** Reads to the newest message they see. */
    read(who: Name): void {
      if (!inside.has(who)) return;
      const newest = mayEverSee(who).at(-1);
      if (newest) marks.set(who, said.indexOf(newest));
    },
    /** Ids in order, or null while out. */
    sees: (who: Name): string[] | null => (inside.has(who) ? mayEverSee(who).map((m) => m.id) : null),
    unread(who: Name): number {
      const own = said.findLastIndex((m) => m.by === who);
      const mark = Math.max(marks.get(who) ?? -1, own);
      return said.filter((m, i) => i > mark && m.to.has(who) && m.by !== who).length;
    },
    /** What a feed that was there all the time has told, also to those who are out by now. */
    heard: (who: Name): string[] => mayEverSee(who).map((m) => m.id),
  };
}
