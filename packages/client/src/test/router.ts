import * as contract from '@koreromai/contract';
import { initTRPC, tracked } from '@trpc/server';
import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Talk } from './talk.ts';

type SignedIn = z.output<typeof contract.signedIn>;

export interface Context {
  caller: Caller | null;
  /** What happens to messages that stand. */
  talk: Talk | null;
  /** The rooms that this connection is also told of. */
  watched: Set<string>;
  watch(rooms: readonly string[]): void;
  signIn(email: string): SignedIn;
  signOut(): void;
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const refusal = error.cause instanceof contract.Refusal ? error.cause : null;
    const code = refusal?.code ?? (error.code === 'BAD_REQUEST' ? 'BAD_INPUT' : 'INTERNAL');
    return { ...shape, message: contract.sentenceOf(code), data: { code, httpStatus: contract.statusOf(code), ...refusal?.info } };
  },
});

const open = t.procedure;
const authed = t.procedure.use(({ ctx, next }) => {
  const { caller, talk } = ctx;
  if (!caller || !talk) throw new contract.Refusal('UNAUTHENTICATED');
  return next({ ctx: { caller, talk } });
});
const nothing = z.strictObject({});

/** The procedures that the client calls, over a world in memory. */
export const router = t.router({
  auth: {
    signUp: open.input(contract.signUpInput).mutation(({ ctx, input }) => ctx.signIn(input.email)),
    signIn: open.input(contract.signInInput).mutation(({ ctx, input }) => ctx.signIn(input.email)),
    signOut: authed.input(nothing).mutation(({ ctx }) => ctx.signOut()),
    sessions: authed
      .input(z.strictObject(contract.pageInput))
      .query((): contract.Page<contract.Session> => ({ items: [], nextCursor: null })),
    revokeSession: authed
      .input(z.strictObject({ sessionId: contract.id }))
      .mutation(({ ctx, input }) => ctx.caller.revoke(input.sessionId)),
    revokeOtherSessions: authed.input(nothing).mutation(() => {}),
  },
  session: { snapshot: authed.input(nothing).query(({ ctx }) => ctx.caller.snapshot()) },
  conversations: {
    create: authed.input(contract.createInput).mutation(({ ctx, input }): contract.Created => {
      const people = input.kind === 'direct' ? [input.person] : input.people;
      return {
        status: 'created',
        conversation: ctx.caller.create(input.kind, people, input.kind === 'group' ? (input.name ?? null) : null),
      };
    }),
    list: authed.input(contract.conversationsInput).query(({ ctx, input }) => ctx.caller.list(input.cursor ?? null, input.limit)),
    get: authed.input(contract.conversationInput).query(({ ctx, input }) => ctx.caller.get(input.conversationId)),
    update: authed.input(contract.updateInput).mutation(({ ctx, input }) => ctx.caller.update(input.conversationId, input)),
    leave: authed.input(contract.conversationInput).mutation(({ ctx, input }) => ctx.caller.leave(input.conversationId)),
  },
  members: {
    add: authed.input(contract.addMemberInput).mutation(
      ({ ctx, input }): z.output<typeof contract.addedMember> => ({
        status: 'added',
        conversation: ctx.caller.update(input.conversationId, { add: [input.person] }),
      }),
    ),
    remove: authed
      .input(contract.removeMemberInput)
      .mutation(({ ctx, input }) => ctx.caller.update(input.conversationId, { remove: [input.userId] })),
  },
  invitations: {
    revoke: authed.input(z.strictObject({ invitationId: contract.id })).mutation(() => {}),
    open: open.input(contract.invitationToken).query((): contract.InvitationPage => gone()),
    accept: authed.input(contract.invitationToken).mutation((): contract.Conversation => gone()),
  },
  messages: {
    list: authed
      .input(contract.messagesInput)
      .query(({ ctx, input }) => ctx.caller.messages(input.conversationId, input.cursor ?? null, input.limit)),
    post: authed
      .input(contract.postInput.required({ id: true }))
      .mutation(({ ctx, input }) => ctx.caller.post(input.conversationId, input.id, input.text, input)),
    get: authed.input(contract.messageInput).query(({ ctx, input }) => ctx.talk.get(input.messageId)),
    edit: authed.input(contract.editInput).mutation(({ ctx, input }) => ctx.talk.edit(input.messageId, input.text, input.expectedVersion)),
    delete: authed.input(contract.deleteInput).mutation(({ ctx, input }) => ctx.talk.remove(input.messageId, input.for)),
    unhide: authed.input(contract.messageInput).mutation(({ ctx, input }) => ctx.talk.unhide(input.messageId)),
  },
  reactions: {
    like: authed.input(contract.messageInput).mutation(({ ctx, input }) => ctx.talk.react(input.messageId, contract.like, true)),
    unlike: authed.input(contract.messageInput).mutation(({ ctx, input }) => ctx.talk.react(input.messageId, contract.like, false)),
    add: authed.input(contract.reactInput).mutation(({ ctx, input }) => ctx.talk.react(input.messageId, input.emoji, true)),
    remove: authed.input(contract.reactInput).mutation(({ ctx, input }) => ctx.talk.react(input.messageId, input.emoji, false)),
  },
  drafts: {
    list: authed.input(contract.draftsInput).query(({ ctx }) => ctx.talk.drafts()),
    set: authed.input(contract.draftInput).mutation(({ ctx, input }) => ctx.talk.draft(input.conversationId, input.text)),
  },
  reads: {
    list: authed.input(contract.readsInput).query(({ ctx, input }) => ctx.talk.reads(input.conversationId)),
    mark: authed.input(contract.readInput).mutation(({ ctx, input }) => ctx.caller.read(input.conversationId, input.seq)),
  },
  events: {
    subscribe: authed.input(contract.subscribeInput).subscription(async function* ({ ctx, input, signal }) {
      const from = input.lastEventId ?? input.cursor ?? null;
      for (const room of input.rooms ?? []) ctx.watched.add(room);
      const frames = ctx.caller.feed(from, signal ?? new AbortController().signal, ctx.watched);
      for await (const [pos, frame] of frames) yield tracked(pos, frame);
    }),
    watch: authed.input(contract.watchInput).mutation(({ ctx, input }) => {
      ctx.watch(input.rooms);
      ctx.watched.clear();
      for (const room of input.rooms) ctx.watched.add(room);
    }),
  },
});

function gone(): never {
  throw new contract.Refusal('INVITATION_GONE');
}
