import { type AnalyticsInput, Refusal } from '@koreromai/contract';
import { foldedUntil, roleNow, standingIn, visibleConversations } from '@koreromai/db';
import type { Caller } from '../context.ts';
import type { Services } from '../services.ts';

/** The conversations that are counted (null: all there are), and the day up to which days and months are complete. */
export interface Scope {
  readonly admin: boolean;
  readonly conversations: readonly string[] | null;
  readonly foldedUntil: number;
}

/** A1: what the caller may see now, everything for site admins. One chat that they may not see is NOT_FOUND. */
export async function scopeOf(
  services: Services,
  caller: Caller,
  { conversationId }: Pick<AnalyticsInput, 'conversationId'>,
): Promise<Scope> {
  const { read } = services;
  const own = async () => ((await isAdmin(services, caller)) ? null : visibleConversations(read, caller.id));
  const [conversations, folded] = await Promise.all([own(), foldedUntil(read, services.now())]);
  const admin = conversations === null;
  if (conversationId === undefined) return { admin, conversations, foldedUntil: folded };
  if (conversations !== null && !conversations.includes(conversationId)) {
    const standing = await standingIn(read, caller.id, conversationId);
    throw new Refusal(standing?.closedAt ? 'CONVERSATION_CLOSED' : 'NOT_FOUND');
  }
  return { admin, conversations: [conversationId], foldedUntil: folded };
}

/** Asked of the database only where the session says so: who is no admin is spared the question. */
const isAdmin = async ({ read }: Services, caller: Caller) =>
  caller.account.role === 'admin' && (await roleNow(read, caller.id)) === 'admin';
