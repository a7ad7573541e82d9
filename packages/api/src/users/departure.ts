import { botsOf, conversationsEverOf, conversationTouched, idOf, newId, openStays, reactionsBy, writtenBetween } from '@koreromai/db';
import { z } from 'zod';
import { atTheServer } from '../admin/audit.ts';
import { botDeleted } from '../bots/changes.ts';
import type { JobKind } from '../jobs/jobs.ts';
import type { Services } from '../services.ts';
import { departed, tiesCut } from './depart.ts';
import { messageErased, reactionErased } from './erase.ts';
import { tellAll } from './tell.ts';

const atOnce = 20;
/** Seqs of a conversation that one step looks through for what somebody wrote. */
const stretch = 2_000;

/** Where the job stands. Each step leaves the database so that the same step again does no harm. */
const departure = z.object({
  stage: z.enum(['bots', 'leave', 'reactions', 'erase', 'tell', 'ties']),
  /** The last conversation that the stage is done with. */
  after: z.string().nullable(),
  /** Of the conversation behind it, the last seq that the stage is done with. */
  seq: z.int().default(0),
  erase: z.boolean(),
});
export type Departure = z.infer<typeof departure>;

/** U4–U6, behind the answer: take the bots along, leave every conversation, take back what is to go, have it told under a tombstone's name, cut every tie. */
export const depart =
  (services: Services): JobKind =>
  async ({ subject, data }) => {
    const now = departure.parse(data);
    const next = await stages[now.stage](services, subject ?? '', now);
    return next === null ? 'done' : { data: next };
  };

type Stage = (services: Services, userId: string, now: Departure) => Promise<Departure | null>;

const stages: Record<Departure['stage'], Stage> = {
  async bots({ read, lane }, userId, now) {
    const some = await botsOf(read, userId, null, atOnce);
    const removal = { act: atTheServer, ownerId: userId, erase: now.erase };
    for (const { id } of some) await lane.change(botDeleted, { ...removal, botId: idOf(id), jobId: newId() });
    return some.length > 0 ? now : { ...now, stage: 'leave' };
  },
  async leave({ read, lane }, userId, now) {
    const inside = await openStays(read, userId, atOnce);
    await Promise.all(inside.map((conversationId) => lane.change(departed, { conversationId, userId })));
    return inside.length > 0 ? now : { ...now, stage: 'reactions' };
  },
  async reactions({ read, lane }, userId, now) {
    const some = await reactionsBy(read, userId, atOnce);
    const places = some.map((r) => ({ messageId: idOf(r.message_id), conversationId: idOf(r.conversation_id), emoji: r.emoji }));
    await Promise.all(places.map((at) => lane.change(reactionErased, { ...at, userId })));
    return some.length > 0 ? now : { ...now, stage: now.erase ? 'erase' : 'tell' };
  },
  async erase({ read, lane, log }, userId, now) {
    const conversationId = await conversationTouched(read, userId, now.after);
    if (conversationId === null) return { ...now, stage: 'tell', after: null };
    const upTo = now.seq + stretch;
    const written = await writtenBetween(read, conversationId, userId, now.seq, upTo, 5 * atOnce);
    await Promise.all(written.map((m) => lane.change(messageErased, { messageId: idOf(m.id), conversationId, userId })));
    if (written.length === 5 * atOnce) return { ...now, seq: Number(written.at(-1)?.seq) };
    const [head] = await log.heads([conversationId]);
    return upTo < (head?.seq ?? 0) ? { ...now, seq: upTo } : { ...now, after: conversationId, seq: 0 };
  },
  async tell({ read, lane }, userId, now) {
    const next = await conversationsEverOf(read, userId, now.after, atOnce);
    await tellAll(lane, userId, next);
    return next.length === atOnce ? { ...now, after: next.at(-1) ?? null } : { ...now, stage: 'ties', after: null };
  },
  async ties({ lane }, userId) {
    await lane.change(tiesCut, { userId });
    return null;
  },
};
