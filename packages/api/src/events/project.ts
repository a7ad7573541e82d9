import type { StreamEvent } from '@koreromai/contract';
import { conversationsById, idOf, invitationsOf, membersOf, messagesById, myInvitations, peopleById, staysOf } from '@koreromai/db';
import type { LogEvent, Project } from '@koreromai/realtime';
import { conversationViews, memberView, pendingView, type Viewing } from '../conversations/view.ts';
import { messageView } from '../messages/view.ts';
import { isoOf } from '../users/view.ts';

/** Turns rows of the log into what goes on the wire, from what is true now: no body ever lived in the log. Set-based per call. */
export const createProject =
  (viewing: Viewing): Project =>
  async (events) => {
    const { read } = viewing;
    const of = (...types: StreamEvent['type'][]) => events.filter((e) => types.includes(e.type));
    const subjects = (list: readonly LogEvent[]) => [...new Set(list.flatMap((e) => (e.subject ? [e.subject] : [])))];
    const seated = of('member.added', 'member.left', 'member.removed', 'invitation.created', 'invitation.accepted', 'invitation.revoked');
    const joining = of('member.added').flatMap((e) => (e.subject ? [{ conversationId: e.stream, userId: e.subject }] : []));

    const [messages, conversations, stays, people, seats, added, pending] = await Promise.all([
      messagesById(read, subjects(of('message.created'))),
      conversationsById(read, [...new Set(of('conversation.updated').map((e) => e.stream))]),
      staysOf(read, joining),
      peopleById(read, subjects(of('member.added'))),
      countSeats(viewing, [...new Set(seated.map((e) => e.stream))]),
      Promise.all(
        of('you.added').map(async (e) => [e.pos, (await conversationViews(viewing, e.stream, e.subject ? [e.subject] : []))[0]] as const),
      ),
      Promise.all(
        of('pending.changed').map(
          async (e) => [e.pos, e.subject ? await myInvitations(read, e.stream, e.subject, viewing.now(), null, 100) : []] as const,
        ),
      ),
    ]);
    const addedByPos = new Map(added);
    const pendingByPos = new Map(pending);

    return events.map((event): StreamEvent | null => {
      const place = { stream: event.stream, seq: event.seq, at: isoOf(event.at) };
      const seatCount = seats.get(event.stream) ?? 0;
      const subject = event.subject ?? '';
      switch (event.type) {
        case 'message.created': {
          const row = messages.find((m) => idOf(m.id) === subject);
          return row ? { ...place, type: event.type, message: messageView(row) } : null;
        }
        case 'conversation.created':
          return { ...place, type: event.type };
        case 'conversation.updated':
          return { ...place, type: event.type, name: conversations.find((c) => idOf(c.id) === event.stream)?.name ?? null };
        case 'owner.changed':
          return { ...place, type: event.type, userId: event.subject };
        case 'member.added': {
          const stay = stays.findLast((s) => idOf(s.conversation_id) === event.stream && idOf(s.user_id) === subject);
          const person = people.find((p) => idOf(p.id) === subject);
          return stay && person ? { ...place, type: event.type, member: memberView({ ...person, ...stay }), seats: seatCount } : null;
        }
        case 'member.left':
        case 'member.removed':
          return { ...place, type: event.type, userId: subject, seats: seatCount };
        case 'invitation.created':
        case 'invitation.accepted':
        case 'invitation.revoked':
          return { ...place, type: event.type, seats: seatCount };
        case 'you.added': {
          const conversation = addedByPos.get(event.pos);
          return conversation ? { ...place, type: event.type, conversation } : null; // gone again meanwhile: you.removed follows
        }
        case 'you.removed':
          return { ...place, type: event.type, conversationId: subject, reason: event.number === 0 ? 'left' : 'removed' };
        case 'read.moved':
          return { ...place, type: event.type, conversationId: subject, readSeq: event.number ?? 0 };
        case 'pending.changed':
          return {
            ...place,
            type: event.type,
            conversationId: subject,
            pending: (pendingByPos.get(event.pos) ?? []).toReversed().map((row) => pendingView(viewing, row)),
          };
        case 'session.revoked':
          return { ...place, type: event.type, sessionId: subject };
        default:
          return event.type satisfies never;
      }
    });
  };

async function countSeats(viewing: Viewing, ids: readonly string[]): Promise<Map<string, number>> {
  const [members, invited] = await Promise.all([membersOf(viewing.read, ids), invitationsOf(viewing.read, ids, viewing.now())]);
  const count = (rows: readonly { conversation_id: Buffer | null }[], id: string) =>
    rows.filter((r) => r.conversation_id !== null && idOf(r.conversation_id) === id).length;
  return new Map(ids.map((id) => [id, count(members, id) + count(invited, id)]));
}
