import type { Relation } from '@koreromai/contract';
import { idOf, peopleById, type Reader, tiesOf } from '@koreromai/db';
import { userView } from '../users/view.ts';

/** How these people stand to the viewer now, in the order given. Two statements, whatever their number. */
export async function relationsOf(read: Reader, viewerId: string, others: readonly string[]): Promise<Relation[]> {
  const [people, ties] = await Promise.all([peopleById(read, others), tiesOf(read, viewerId, others)]);
  return others.flatMap((id) => {
    const person = people.find((p) => idOf(p.id) === id);
    const mine = ties.filter((t) => idOf(t.other) === id);
    const has = (tie: (typeof mine)[number]['tie']) => mine.some((t) => t.tie === tie);
    const blocked = has('block');
    const contact = shown(mine.find((t) => t.tie === 'contact')?.state);
    return person
      ? [{ user: userView(person.id, person), contact, following: has('following'), followsMe: has('followed') && !blocked, blocked }]
      : [];
  });
}

const shown = (state: string | null | undefined): Relation['contact'] =>
  state === 'outgoing' || state === 'incoming' || state === 'accepted' ? state : 'none';

/** One of them. The person must exist. */
export async function relationOf(read: Reader, viewerId: string, otherId: string): Promise<Relation> {
  const [relation] = await relationsOf(read, viewerId, [otherId]);
  if (!relation) throw new Error('Whoever is told of has a row.');
  return relation;
}
