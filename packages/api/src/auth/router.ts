import { emailKeyOf, id, limits, pageInput, pageOf, Refusal, session, signedIn, signInInput, signUpInput } from '@koreromai/contract';
import { credentials, idOf, newId, sessionsOf } from '@koreromai/db';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { paged } from '../page.ts';
import { authed, countedFor, limited, publicProcedure, router } from '../trpc.ts';
import { isoOf, selfView } from '../users/view.ts';
import { makeAccount } from './account.ts';
import { type NewSession, sessionOpened, sessionsRevoked } from './changes.ts';
import { changePassword, forgotPassword, resetPassword } from './password.ts';
import { signInRefused } from './sign-ins.ts';
import { hashToken, newToken } from './tokens.ts';

const nothing = z.strictObject({}).optional();

/** Accounts and sessions: in, out, and which devices are in. */
export const authRouter = router({
  signUp: publicProcedure
    .meta({ rest: { method: 'POST', path: '/auth/sign-up', summary: 'Make an account and sign in', status: 201 } })
    .use(limited('signUp'))
    .input(signUpInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const token = newToken();
      const account = await makeAccount(ctx.services, input, (userId) => newSession(ctx, userId, token));
      ctx.keepToken(token);
      return { user: selfView(account), token };
    }),

  signIn: publicProcedure
    .meta({ rest: { method: 'POST', path: '/auth/sign-in', summary: 'Sign in' } })
    .use(limited('signInAddress'))
    .input(signInInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const { services } = ctx;
      const email = emailKeyOf(input.email) ?? '';
      await services.limiter.take('signIn', email, ctx.spent); // from however many addresses; the window passes also for the owner
      const found = await credentials(services.read, email);
      const userId = found ? idOf(found.id) : null;
      if (!(await services.passwords.verify(found?.password_hash ?? null, input.password)) || !found)
        throw await refused(ctx, userId, new Refusal('SIGN_IN_FAILED'));
      const token = newToken();
      const { password_hash: verified, ...account } = found;
      const renewed = services.passwords.outdated(verified) ? await services.passwords.hash(input.password) : null;
      await services.lane
        .change(sessionOpened, { session: newSession(ctx, idOf(account.id), token), verified, renewed })
        .catch(async (error: unknown) => {
          throw error instanceof Refusal ? await refused(ctx, userId, error) : error;
        });
      await wellKnown(ctx, email);
      ctx.keepToken(token);
      return { user: selfView(account), token };
    }),

  signOut: authed
    .meta({ rest: { method: 'POST', path: '/auth/sign-out', summary: 'End this session' } })
    .input(nothing)
    .output(z.void())
    .mutation(async ({ ctx }) => {
      ctx.keepToken(null);
      await ctx.services.lane.change(sessionsRevoked, { userId: ctx.caller.id, only: ctx.caller.sessionId });
    }),

  changePassword,
  forgotPassword,
  resetPassword,

  sessions: authed
    .meta({ rest: { method: 'GET', path: '/auth/sessions', summary: 'List my sessions' } })
    .input(z.strictObject(pageInput))
    .output(pageOf(session))
    .query(async ({ ctx, input }) => {
      const { read, seal, now } = ctx.services;
      const page = await paged({
        seal,
        list: `sessions ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (before, count) => sessionsOf(read, ctx.caller.id, now() - limits.session.idle, before, count),
        keyOf: (row) => idOf(row.id),
      });
      const items = page.items.map((s) => ({
        id: idOf(s.id),
        createdAt: isoOf(s.created_at),
        lastSeenAt: isoOf(s.last_seen_at),
        userAgent: s.user_agent,
        current: idOf(s.id) === ctx.caller.sessionId,
      }));
      return { ...page, items };
    }),

  revokeSession: authed
    .meta({ rest: { method: 'DELETE', path: '/auth/sessions/{id}', params: { id: 'sessionId' }, summary: 'End one of my sessions' } })
    .input(z.strictObject({ sessionId: id }))
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await ctx.services.lane.change(sessionsRevoked, { userId: ctx.caller.id, only: input.sessionId });
    }),

  revokeOtherSessions: authed
    .meta({ rest: { method: 'DELETE', path: '/auth/sessions', summary: 'End all my other sessions' } })
    .input(nothing)
    .output(z.void())
    .mutation(async ({ ctx }) => {
      await ctx.services.lane.change(sessionsRevoked, { userId: ctx.caller.id, keep: ctx.caller.sessionId });
    }),
});

/** K6: that somebody was refused is written down before they hear of it, whether that account is there or not. */
async function refused({ services, address, userAgent }: Context, userId: string | null, refusal: Refusal): Promise<Refusal> {
  const { lane, now } = services;
  await lane.change(signInRefused, { id: newId(now()), userId, code: refusal.code, address, device: userAgent });
  return refusal;
}

/** Who showed the right password was guessing at nothing: a whole office may sign in from one address. */
async function wellKnown(ctx: Context, email: string): Promise<void> {
  const { limiter } = ctx.services;
  const address = countedFor('signInAddress', ctx);
  await limiter.giveBack('signIn', email);
  if (address !== null) await limiter.giveBack('signInAddress', address);
}

const newSession = (ctx: Context, userId: string, token: string): NewSession => ({
  id: newId(ctx.services.now()),
  userId,
  tokenHash: hashToken(token),
  userAgent: ctx.userAgent,
  address: ctx.address,
});
