import {
  authorMark,
  docOf,
  docsBetween,
  fileTypesOf,
  type Indexed,
  idOf,
  kindMark,
  kindsOf,
  messagesToIndex,
  type Reader,
  type SearchIndex,
  wordsOf,
} from '@koreromai/db';
import type { FollowerOptions } from '@koreromai/realtime';

const told = new Set<string>(['message.created', 'message.updated', 'message.deleted']);
/** So that the longest messages do not hold up the posts that wait beside them. */
const batch = 100;

type Follower = Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch'>;

/**
 * Keeps the search index: each message that something happened to is indexed again by what it says now, and a deleted one is forgotten.
 * Begins with all that ever happened, so that what was said before there was an index is found as well.
 */
export const searchFollower = (read: Reader, index: SearchIndex): Follower => ({
  name: 'search',
  start: 'origin',
  batch,
  async handle(events) {
    const changed = events.filter((e) => told.has(e.type) && e.subject !== null);
    if (changed.length === 0) return undefined;
    const ids = [...new Set(changed.flatMap((e) => e.subject ?? []))];
    const messages = (await messagesToIndex(read, ids)).map((m) => ({
      ...m,
      id: idOf(m.id),
      conversationId: idOf(m.conversation_id),
      seq: Number(m.seq),
    }));
    const files = await fileTypesOf(read, ids);
    const born = new Map(changed.filter((e) => e.type === 'message.created').map((e) => [e.subject, e.pos]));
    const wished = new Map(messages.map((m) => [m.id, docOf(Number(m.created_at), born.get(m.id) ?? 0)]));
    const filed = await index.placesOf(read, messages, [...wished.values()]);
    const before = new Map(filed.map((f) => [keyOf(f), f]));
    const taken = new Set(filed.map((f) => f.doc));
    const now: Indexed[] = [];
    for (const m of messages) {
      if (m.deleted_at !== null || m.text === null) continue;
      const doc = before.get(keyOf(m))?.doc ?? (await free(read, wished.get(m.id) ?? 0, taken));
      const types = files.flatMap((f) => (f.message_id && idOf(f.message_id) === m.id ? [f.type] : []));
      const marks = [authorMark(idOf(m.author_id)), ...kindsOf(m.text, types).map(kindMark)];
      now.push({ conversationId: m.conversationId, seq: m.seq, doc, words: wordsOf(m.text), marks });
    }
    const again = messages.map((m) => before.get(keyOf(m))).filter((f) => f !== undefined);
    return (draft) => void draft.writes.push(...index.writes(again, now));
  },
});

const keyOf = ({ conversationId, seq }: { conversationId: string; seq: number }) => `${conversationId} ${seq}`;

/** A clock that stands or was set back gives several messages one doc: the later ones take the next that is free. */
async function free(read: Reader, wished: number, taken: Set<number>): Promise<number> {
  let doc = wished;
  for (let known = wished + 1; taken.has(doc); doc++) {
    if (doc + 1 < known) continue;
    for (const other of await docsBetween(read, doc + 1, (known = doc + 1_000))) taken.add(other);
  }
  taken.add(doc);
  return doc;
}
