import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '@koreromai/testing';
import type { Chat } from './scene.ts';

/** People go and come back while others write: removed by the owner, by their own will, and added again. What the server refuses stays as it is. */
export async function keepMoving(groups: readonly Chat[], dice: Dice, more: () => boolean): Promise<number> {
  const out = new Set<string>();
  let moves = 0;
  while (more()) {
    const { id: conversationId, owner, others } = dice.pick(groups);
    const person = dice.pick(others);
    const stay = `${conversationId} ${person.id}`;
    const own = dice.chance(0.4);
    const gone = out.has(stay);
    const move = gone
      ? owner.line.api.members.add.mutate({ conversationId, person: person.email })
      : own
        ? person.line.api.conversations.leave.mutate({ conversationId })
        : owner.line.api.members.remove.mutate({ conversationId, userId: person.id });
    if (gone) out.delete(stay);
    else out.add(stay);
    await move.then(
      () => moves++,
      () => {}, // no answer or a refusal: the database says in the end who was in
    );
    await pause(40 + dice.below(120));
  }
  return moves;
}
