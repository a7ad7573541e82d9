import * as contract from '@koreromai/contract';
import { initTRPC, TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import type { Caller } from './world.ts';

export interface Context {
  /** Who calls, or null. */
  caller: Caller | null;
  signIn(email: string): z.output<typeof contract.signedIn> | null;
  signOut(): void;
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const refusal = error.cause instanceof contract.Refusal ? error.cause : null;
    const code = refusal?.code ?? (error.code === 'BAD_REQUEST' ? 'BAD_INPUT' : 'INTERNAL');
    return { ...shape, data: { ...shape.data, code, httpStatus: contract.statusOf(code), ...refusal?.info } };
  },
});

const refuse = (code: contract.ErrorCode) =>
  new TRPCError({ code: 'BAD_REQUEST', cause: new contract.Refusal(code), message: contract.sentenceOf(code) });
const saying = <Value>(work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    throw error instanceof contract.Refusal ? refuse(error.code) : error;
  }
};
const open = t.procedure;
const authed = t.procedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (!caller) throw refuse('UNAUTHENTICATED');
  return next({ ctx: { caller } });
});
const nothing = z.strictObject({});
const pageOf = z.strictObject(contract.pageInput);

/** The procedures that the client calls, over a world in memory. */
export const router = t.router({
  auth: {
    signUp: open.input(contract.signUpInput).mutation(({ ctx, input }) => ctx.signIn(input.email) ?? refusing('EMAIL_TAKEN')),
    signIn: open.input(contract.signInInput).mutation(({ ctx, input }) => ctx.signIn(input.email) ?? refusing('SIGN_IN_FAILED')),
    signOut: authed.input(nothing).mutation(({ ctx }) => ctx.signOut()),
    sessions: authed.input(pageOf).query((): contract.Page<contract.Session> => ({ items: [], nextCursor: null })),
    revokeSession: authed
      .input(z.strictObject({ sessionId: contract.id }))
      .mutation(({ ctx, input }) => ctx.caller.revoke(input.sessionId)),
    revokeOtherSessions: authed.input(nothing).mutation(() => {}),
  },
  users: { me: authed.input(nothing).query(({ ctx }) => ctx.caller.me()) },
  session: { snapshot: authed.input(nothing).query(({ ctx }) => ctx.caller.snapshot()) },
  conversations: {
    create: authed.input(contract.createInput).mutation(({ ctx, input }): contract.Created => {
      const conversation =
        input.kind === 'direct'
          ? ctx.caller.create('direct', [input.person], null)
          : ctx.caller.create('group', input.people, input.name ?? null);
      return { status: 'created', conversation };
    }),
    list: authed.input(contract.conversationsInput).query(({ ctx, input }) => ctx.caller.list(input.cursor, input.limit)),
    get: authed.input(contract.conversationInput).query(({ ctx, input }) => saying(() => ctx.caller.get(input.conversationId))),
    update: authed.input(contract.updateInput).mutation(({ ctx, input }) => saying(() => ctx.caller.update(input.conversationId, input))),
    leave: authed.input(contract.conversationInput).mutation(({ ctx, input }) => saying(() => ctx.caller.leave(input.conversationId))),
  },
  members: {
    add: authed.input(contract.addMemberInput).mutation(
      ({ ctx, input }): z.output<typeof contract.addedMember> => ({
        status: 'added',
        conversation: saying(() => ctx.caller.update(input.conversationId, { add: [input.person] })),
      }),
    ),
    remove: authed
      .input(contract.removeMemberInput)
      .mutation(({ ctx, input }) => saying(() => ctx.caller.update(input.conversationId, { remove: [input.userId] }))),
  },
  invitations: {
    revoke: authed.input(z.strictObject({ invitationId: contract.id })).mutation(() => {}),
    open: open.input(contract.invitationToken).query((): contract.InvitationPage => refusing('INVITATION_GONE')),
    accept: authed.input(contract.invitationToken).mutation((): contract.Conversation => refusing('INVITATION_GONE')),
  },
  messages: {
    list: authed
      .input(contract.messagesInput)
      .query(({ ctx, input }) => saying(() => ctx.caller.messages(input.conversationId, input.cursor, input.limit))),
    post: authed
      .input(contract.postInput.required({ id: true }))
      .mutation(({ ctx, input }) => saying(() => ctx.caller.post(input.conversationId, input.id, input.text))),
  },
  reads: {
    mark: authed.input(contract.readInput).mutation(({ ctx, input }) => saying(() => ctx.caller.read(input.conversationId, input.seq))),
  },
  events: {
    subscribe: authed.input(contract.subscribeInput).subscription(async function* ({ ctx, input, signal }) {
      for await (const [pos, frame] of ctx.caller.feed(input.lastEventId ?? input.cursor, signal ?? new AbortController().signal))
        yield tracked(pos, frame);
    }),
  },
});

function refusing(code: contract.ErrorCode): never {
  throw refuse(code);
}
