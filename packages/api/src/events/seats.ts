import { idOf, invitationsOf, membersOf } from '@koreromai/db';
import type { Viewing } from '../conversations/view.ts';

/** Seats taken now, of people and of invitations that hold: conversation → how many. */
export async function countSeats(viewing: Viewing, ids: readonly string[]): Promise<Map<string, number>> {
  const [members, invited] = await Promise.all([membersOf(viewing.read, ids), invitationsOf(viewing.read, ids, viewing.now())]);
  const count = (rows: readonly { conversation_id: Buffer | null }[], id: string) =>
    rows.filter((r) => r.conversation_id !== null && idOf(r.conversation_id) === id).length;
  return new Map(ids.map((id) => [id, count(members, id) + count(invited, id)]));
}
