import { Refusal } from '@koreromai/contract';
import { idOf, peopleById, type Reader } from '@koreromai/db';
import { isoOf, userView } from '../users/view.ts';

/** D-del4: those who were in a closed conversation are told who closed it, and when. */
export async function closedRefusal(read: Reader, closedAt: number, closedBy: Buffer | null): Promise<Refusal> {
  const [person] = closedBy === null ? [] : await peopleById(read, [idOf(closedBy)]);
  return new Refusal('CONVERSATION_CLOSED', {
    details: { closedAt: isoOf(closedAt), closedBy: person ? userView(person.id, person) : null },
  });
}
