import { createDice, type Dice, namedId } from './dice.ts';
import { family, given, groups, lines, rooms, things } from './words.ts';

export const day = 86_400_000;

export interface SeedSize {
  readonly users: number;
  readonly days: number;
  /** The instant at which it all ends, milliseconds: the beginning of a UTC day. */
  readonly until: number;
}

export interface SeedPerson {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly name: string;
}

export interface SeedConversation {
  readonly id: string;
  readonly kind: 'direct' | 'group' | 'room';
  readonly name: string | null;
  /** Ids; the first one began it. */
  readonly people: readonly string[];
}

export interface SeedMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly authorId: string;
  readonly text: string;
  readonly at: number;
}

export interface Plan {
  /** When the people came. */
  readonly since: number;
  readonly people: readonly SeedPerson[];
  readonly conversations: readonly SeedConversation[];
  /** In order of time, about one for each person and day. */
  readonly messages: readonly SeedMessage[];
}

/** Everything that is sown, the same for the same size. */
export function planOf({ users, days, until }: SeedSize): Plan {
  const since = until - days * day;
  const title = `${users} people, ${days} days`; // in every id, so that what another size made is never taken for this one's
  const dice = createDice(title);
  const people = Array.from({ length: users }, (_, i) => personOf(i, since + i, title));
  const ids = people.map((p) => p.id);
  const conversations = conversationsOf(dice, ids, since, title);
  return { since, people, conversations, messages: messagesOf(dice, conversations, { users, days, until }, title) };
}

function personOf(i: number, at: number, title: string): SeedPerson {
  const first = given[i % given.length] ?? '';
  const round = Math.floor(i / given.length);
  const last = family[((i % given.length) + 3 * round) % family.length] ?? ''; // 3 and 20 have no factor in common: no pair comes twice
  const handle = `${first}.${last.replaceAll(' ', '')}`.toLowerCase();
  return { id: namedId(at, `${title}: person ${i}`), username: handle, email: `${handle}@koreromai.example`, name: `${first} ${last}` };
}

function conversationsOf(dice: Dice, ids: readonly string[], since: number, title: string): SeedConversation[] {
  const made: SeedConversation[] = [];
  const add = (kind: SeedConversation['kind'], name: string | null, people: readonly string[]) =>
    made.push({ id: namedId(since, `${title}: ${kind} ${made.length}`), kind, name, people });
  for (const name of rooms) add('room', name, someOf(dice, ids, Math.max(1, Math.ceil(ids.length * (0.3 + dice.roll() * 0.6)))));
  for (let i = 0; i < Math.ceil(ids.length / 4); i++) {
    const people = someOf(dice, ids, 3 + Math.floor(dice.roll() * 8));
    if (people.length >= 3) add('group', groups[i] ?? null, people);
  }
  const pairs = new Set<string>();
  for (let i = 0; i < ids.length * 2; i++) {
    const pair = someOf(dice, ids, 2);
    const key = pair.toSorted().join(' ');
    if (pair.length < 2 || pairs.has(key)) continue;
    pairs.add(key);
    add('direct', null, pair);
  }
  return made;
}

/** So many of them, in no order. */
function someOf(dice: Dice, ids: readonly string[], count: number): string[] {
  const left = [...ids];
  const taken: string[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(dice.roll() * left.length), 1));
  return taken;
}

function messagesOf(
  dice: Dice,
  conversations: readonly SeedConversation[],
  { users, days, until }: SeedSize,
  title: string,
): SeedMessage[] {
  const talking = conversations.filter((c) => c.people.length > 1);
  if (talking.length === 0) return [];
  const times = Array.from({ length: users * days }, () => {
    const date = until - (1 + Math.floor(dice.roll() * days)) * day;
    return Math.floor(date + day * (0.25 + 0.65 * dice.roll()));
  }).sort((a, b) => a - b);
  return times.map((at, i) => {
    const { id, people } = dice.lean(talking);
    const text = dice.pick(lines).replace('{}', dice.pick(things));
    return { id: namedId(at, `${title}: message ${i}`), conversationId: id, authorId: dice.lean(people), text, at };
  });
}
