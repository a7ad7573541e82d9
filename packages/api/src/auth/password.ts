import { changePasswordInput, emailKeyOf, forgotPasswordInput, Refusal, resetPasswordInput } from '@koreromai/contract';
import { credentials, credentialsById, idOf, newId, openToken, resetByHash, tokenOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { actOf } from '../admin/audit.ts';
import { queueJob } from '../jobs/changes.ts';
import type { JobKind } from '../jobs/jobs.ts';
import type { Services } from '../services.ts';
import { authed, limited, publicProcedure } from '../trpc.ts';
import { passwordChanged, passwordReset, resetAsked } from './credentials.ts';
import { hashToken } from './tokens.ts';

/** Sets a new password for whoever knows the current one. This session goes on, all others end. */
export const changePassword = authed
  .meta({ rest: { method: 'PUT', path: '/auth/password', summary: 'Set a new password' } })
  .use(limited('password'))
  .input(changePasswordInput)
  .output(z.void())
  .mutation(async ({ ctx, input }) => {
    const { read, lane, passwords, now } = ctx.services;
    const { id: userId, sessionId: keep } = ctx.caller;
    const mine = await credentialsById(read, userId);
    if (!mine || !(await passwords.verify(mine.password_hash, input.current))) throw new Refusal('PASSWORD_WRONG');
    passwords.check(input.next, mine, 'next');
    const to = await passwords.hash(input.next);
    await lane.change(passwordChanged, { act: actOf(ctx), userId, from: mine.password_hash, to, keep, mailId: newId(now()) });
  });

/** A3, A4: whether anybody has that address is found out behind the answer, so that neither words nor time tell. */
export const forgotPassword = publicProcedure
  .meta({ rest: { method: 'POST', path: '/auth/password/forgot', summary: 'Have a link to a new password mailed', status: 202 } })
  .use(limited('forgot'))
  .input(forgotPasswordInput)
  .output(z.object({ status: z.literal('accepted') }))
  .mutation(async ({ ctx, input }) => {
    const { lane, now } = ctx.services;
    await lane.change(passwordForgotten, { id: newId(now()), email: emailKeyOf(input.email) ?? '' });
    // Nobody wakes the jobs: what they find out would go on beside the answer, and a tenth of a millisecond would tell it.
    return { status: 'accepted' };
  });

/** Sets a new password for whoever holds the link. Signs nobody in. */
export const resetPassword = publicProcedure
  .meta({ rest: { method: 'POST', path: '/auth/password/reset', summary: 'Set a new password by the link that was mailed' } })
  .use(limited('forgot'))
  .input(resetPasswordInput)
  .output(z.void())
  .mutation(async ({ ctx, input }) => {
    const { db, read, lane, passwords, now } = ctx.services;
    const tokenHash = hashToken(input.token);
    const known = openToken(db.secret, 'reset', input.token) === null ? undefined : await resetByHash(read, tokenHash);
    if (!known || known.used_at !== null || Number(known.expires_at) <= now()) throw new Refusal('RESET_GONE'); // before a hash is spent on it
    passwords.check(input.next, known, 'next');
    const to = await passwords.hash(input.next);
    const userId = idOf(known.user_id);
    await lane.change(passwordReset, { act: { actorId: userId, address: ctx.address }, userId, tokenHash, to, mailId: newId(now()) });
  });

const passwordForgotten = changeKind<{ id: string; email: string }, void>()({
  name: 'password.forgotten',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ id, email }, _facts, draft) => queueJob(draft, { id, kind: 'password.forgotten', data: { email } }),
});

const forgotten = z.object({ email: z.string() });

/** Mails the link to whoever has the address, if anybody. The mail has the job's id, so that doing it again sends it once. */
export const mailReset =
  (services: Pick<Services, 'db' | 'read' | 'lane'>): JobKind =>
  async (job) => {
    const { db, read, lane } = services;
    const found = await credentials(read, forgotten.parse(job.data).email);
    if (found) {
      const tokenHash = hashToken(tokenOf(db.secret, 'reset', job.id));
      await lane.change(resetAsked, { userId: idOf(found.id), mailId: job.id, tokenHash });
    }
    return 'done';
  };
