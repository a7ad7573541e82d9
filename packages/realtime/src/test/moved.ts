import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '../lane/change.ts';

export interface Move {
  readonly stream: string;
  readonly userId: string;
}

/** The stays in these streams that have not ended. */
export const openStays = (streams: readonly string[]) =>
  lookup(
    'span',
    ['conversation_id', 'user_id', 'from_seq'],
    ['conversation_id', 'open'],
    streams.map((stream) => [bytesOf(stream), 1]),
  );

/** Somebody comes or goes; the same again changes nothing. */
export const moved = changeKind<Move & { inside: boolean }, void>()({
  name: 'test.moved',
  alone: true,
  streams: (input) => [input.stream],
  lookups: (inputs) => ({ stays: openStays(inputs.map((i) => i.stream)) }),
  facts: (found) => found.stays,
  decide({ stream, userId, inside }, stays, draft) {
    const stay = stays.find((row) => idOf(row.user_id) === userId);
    if ((stay !== undefined) === inside) return;
    const seq = draft.event({ stream, type: inside ? 'member.added' : 'member.removed', subject: userId });
    const key = { conversation_id: bytesOf(stream), user_id: bytesOf(userId) };
    const fresh = { open: 1, role: 'member', added_by: bytesOf(userId), joined_at: draft.now };
    if (stay) draft.update('span', { to_seq: seq, open: null }, { ...key, from_seq: stay.from_seq });
    else draft.insert('span', { ...key, from_seq: seq, to_seq: null, ...fresh, end_reason: null });
  },
});
