import type { Client, Departure, State } from '@koreromai/client';
import type { Conversation, User } from '@koreromai/contract';
import { type Accessor, createSignal, untrack } from 'solid-js';
import type { Bubble } from './bubbles.ts';

type Fact =
  /** `by`: who did it, `user` where they came by a link or left; null where nobody says, or who it was is not known here. */
  | { readonly what: 'joined' | 'gone'; readonly user: User; readonly by: User | null }
  | { readonly what: 'owns'; readonly user: User }
  | { readonly what: 'renamed'; readonly name: string | null };

/** Who came, went or got the group, and what it is called now: a calm line between messages. */
export type Happening = Fact & {
  readonly key: string;
  readonly at: string;
  /** Its place among the messages; null: only the time is known. */
  readonly seq: number | null;
};

/** Everybody whom a group begins with joins in this time. */
const FOUNDING = 1_000;
/** Of one conversation. */
const MOST_KEPT = 40;

/** Somebody by their id, as far as they are known. */
type Known = (userId: string) => User | undefined;
const within =
  (...groups: Conversation[]): Known =>
  (userId) =>
    groups.flatMap(({ members }) => members).find(({ user }) => user.id === userId)?.user;

const joining = ({ user, joinedAt, addedBy }: Conversation['members'][number], known: Known): Happening => ({
  ...{ what: 'joined', user, by: (addedBy && known(addedBy)) || null },
  ...{ key: `joined ${user.id} ${joinedAt}`, at: joinedAt, seq: null },
});

/**
 * Who of those that are in a group now joined it later than it began, as far back as its reader was in it. `elsewhere` knows people who
 * are not in it any more.
 */
export function joinings(group: Conversation, meId: string, elsewhere: Known): Happening[] {
  if (group.kind !== 'group') return [];
  const begun = Date.parse(group.createdAt) + FOUNDING;
  const since = group.members.find((member) => member.user.id === meId)?.joinedAt ?? '';
  const known: Known = (userId) => within(group)(userId) ?? elsewhere(userId);
  const later = group.members.filter((member) => Date.parse(member.joinedAt) > begun && member.joinedAt >= since);
  return later.map((member) => joining(member, known));
}

/** What happened in a group between two states of it. Nothing when more happened than can be seen: where among it, nobody knows. */
export function happenedBetween(
  before: Conversation,
  after: Conversation,
  now: number,
  departures: readonly Departure[] = [],
): Happening[] {
  if (after.kind !== 'group' || after.state === 'closed' || after.seq <= before.seq) return [];
  const isIn = ({ members }: Conversation, user: User) => members.some((member) => member.user.id === user.id);
  const place = (key: string) => ({ key: `${key} ${after.seq}`, at: new Date(now).toISOString(), seq: after.seq });
  const { owner, name } = after;
  const known = within(after, before);
  const going = (user: User) => departures.findLast(({ userId, seq }) => userId === user.id && seq > before.seq && seq <= after.seq);
  const gone = (user: User): Happening => {
    const told = going(user);
    const where = place(`gone ${user.id}`);
    return { ...where, ...(told && { at: told.at, seq: told.seq }), what: 'gone', user, by: (told?.by && known(told.by)) || null };
  };
  const found: Happening[] = [
    ...after.members.filter(({ user }) => !isIn(before, user)).map((member) => joining(member, known)),
    ...before.members.filter(({ user }) => !isIn(after, user)).map(({ user }) => gone(user)),
    ...(owner !== null && owner.id !== before.owner?.id ? [{ ...place('owns'), what: 'owns' as const, user: owner }] : []),
    ...(name === before.name ? [] : [{ ...place('renamed'), what: 'renamed' as const, name }]),
  ];
  return after.seq - before.seq <= found.length ? found : [];
}

/** The same line under the names that those in it have now: somebody may be called otherwise, or have deleted their account. */
function retold(line: Happening, known: Known): Happening {
  if (line.what === 'renamed') return line;
  const user = known(line.user.id) ?? line.user;
  if (line.what === 'owns') return user === line.user ? line : { ...line, user };
  const by = line.by && (known(line.by.id) ?? line.by);
  return user === line.user && by === line.by ? line : { ...line, user, by };
}

const followed = new WeakMap<Client, Accessor<Readonly<Record<string, readonly Happening[]>>>>();

/** By conversation: what happened in groups since this was first asked for. The server keeps no list of it that a page could ask for. */
export function happeningsOf(client: Client): Accessor<Readonly<Record<string, readonly Happening[]>>> {
  const known = followed.get(client);
  if (known !== undefined) return known;
  const [kept, keep] = createSignal<Readonly<Record<string, readonly Happening[]>>>({});
  let before: State = client.store.get();
  client.store.subscribe((after) => {
    const earlier = before;
    before = after;
    if (after.me?.id !== earlier.me?.id) keep({});
    else if (after.conversations !== earlier.conversations) {
      for (const [id, held] of Object.entries(after.conversations)) {
        const was = earlier.conversations[id];
        if (was === undefined || was === held) continue;
        const more = happenedBetween(was, held, Date.now(), after.departures[id]);
        const told = untrack(kept)[id] ?? [];
        const lines = [...told.map((line) => retold(line, within(held))), ...more].slice(-MOST_KEPT);
        if (lines.length !== told.length || lines.some((line, i) => line !== told[i])) keep((all) => ({ ...all, [id]: lines }));
      }
    }
  });
  followed.set(client, kept);
  return kept;
}

/**
 * Lines by how many of the bubbles stand before them. `edges`: whether the bubbles reach the beginning and the end of the
 * conversation; a line beyond them belongs to messages that are not drawn.
 */
export function placed(
  happenings: readonly Happening[],
  bubbles: readonly Bubble[],
  edges: { readonly start: boolean; readonly end: boolean },
): Map<number, Happening[]> {
  const once = new Map(happenings.map((each) => [each.key, each]));
  const ordered = [...once.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const placeOf = ({ seq, at }: Happening) =>
    bubbles.findLastIndex((bubble) =>
      bubble.seq !== null && seq !== null ? bubble.seq < seq : bubble.seq !== null && Date.parse(bubble.createdAt) <= Date.parse(at),
    ) + 1;
  const drawn = ordered.filter((each) => {
    const place = placeOf(each);
    return (place > 0 || edges.start) && (place < bubbles.length || edges.end);
  });
  return Map.groupBy(drawn, placeOf);
}
