import type { AddPolicy, Conversation, Relation, Self, StreamEvent } from '@koreromai/contract';
import {
  accounts,
  bytesOf,
  conversationsById,
  draftsIn,
  type InvitationRow,
  idOf,
  type MessageRow,
  messagesById,
  myInvitations,
  myStates,
  type PersonRow,
  peopleById,
  reactionsTo,
  staysOf,
} from '@koreromai/db';
import type { Check, LogEvent, Project } from '@koreromai/realtime';
import { relationsOf } from '../circles/view.ts';
import { addPolicyOf } from '../conversations/rights.ts';
import { conversationViews, memberView, notificationsView, pendingView, type Viewing } from '../conversations/view.ts';
import { messageView } from '../messages/view.ts';
import { reactingNow } from '../reactions/view.ts';
import { accessOf } from '../rooms/view.ts';
import { isoOf, selfView, userView } from '../users/view.ts';
import { countSeats } from './seats.ts';

/** Turns rows of the log into what goes on the wire, from what is true now: no body ever lived in the log. Set-based per call. */
export function createProject(viewing: Viewing, check: Check): Project {
  return async (events) => {
    const facts = await gather(viewing, events);
    return events.map((event) => {
      const view = eventView(viewing, event, facts);
      return view && check(view);
    });
  };
}

interface Facts {
  readonly messages: readonly MessageRow[];
  readonly reactions: Awaited<ReturnType<typeof reactionsTo>>;
  readonly updated: ReadonlyMap<string, { name: string | null; addPolicy: AddPolicy }>;
  readonly access: ReadonlyMap<string, string | null>;
  readonly stays: Awaited<ReturnType<typeof staysOf>>;
  readonly people: readonly PersonRow[];
  /** Whose own profile changed, as they see it. */
  readonly selves: ReadonlyMap<string, Self>;
  /** Conversation → seats taken now. */
  readonly seats: ReadonlyMap<string, number>;
  /** Pos of a `you.added` → the conversation as its viewer sees it. */
  readonly added: ReadonlyMap<number, Conversation | undefined>;
  /** Pos of a `pending.changed` → the inviter's open invitations there, newest first. */
  readonly pending: ReadonlyMap<number, readonly InvitationRow[]>;
  /** Viewer and conversation → what they asked to be told of. */
  readonly states: ReadonlyMap<string, Awaited<ReturnType<typeof myStates>>[number]>;
  /** Viewer and conversation → what they began to write there. */
  readonly drafts: ReadonlyMap<string, string | null>;
  /** Viewer and other → how they stand. */
  readonly relations: ReadonlyMap<string, Relation>;
}

async function gather(viewing: Viewing, events: readonly LogEvent[]): Promise<Facts> {
  const { read } = viewing;
  const of = (...types: StreamEvent['type'][]) => events.filter((e) => types.includes(e.type));
  const subjects = (list: readonly LogEvent[]) => [...new Set(list.flatMap((e) => (e.subject ? [e.subject] : [])))];
  const streams = (list: readonly LogEvent[]) => [...new Set(list.map((e) => e.stream))];
  const joining = of('member.added').flatMap((e) => (e.subject ? [{ conversationId: e.stream, userId: e.subject }] : []));
  const seated = of(
    'member.added',
    'member.left',
    'member.removed',
    'invitation.created',
    'invitation.accepted',
    'invitation.revoked',
    'invitation.expired',
  );
  const viewed = async (e: LogEvent) => [e.pos, (await conversationViews(viewing, e.stream, e.subject ? [e.subject] : []))[0]] as const;
  const invited = async (e: LogEvent) =>
    [e.pos, e.subject ? await myInvitations(read, e.stream, e.subject, viewing.now(), null, 100) : []] as const;

  const [messages, reactions, renamed, stays, people, accountRows, seats, added, pending, relations, states, drafts] = await Promise.all([
    messagesById(read, subjects(of('message.created', 'message.updated', 'message.hidden', 'message.unhidden'))),
    reactionsTo(read, subjects(of('reaction.added', 'reaction.removed'))),
    conversationsById(read, streams(of('conversation.updated', 'access.changed'))),
    staysOf(read, joining),
    peopleById(read, subjects(of('member.added', 'member.changed'))),
    accounts(read, { ids: streams(of('me.changed')) }),
    countSeats(viewing, streams(seated)),
    Promise.all(of('you.added').map(viewed)),
    Promise.all(of('pending.changed').map(invited)),
    relate(viewing, of('contact.requested', 'contact.accepted', 'contact.removed', 'follow.changed', 'block.changed')),
    statesAt(viewing, of('notifications.changed')),
    draftsAt(viewing, of('draft.changed')),
  ]);
  const selves = new Map(accountRows.map((row) => [idOf(row.id), selfView(row)]));
  const updated = new Map(renamed.map((c) => [idOf(c.id), { name: c.name, addPolicy: addPolicyOf(c.add_policy) }]));
  return {
    messages,
    reactions,
    updated,
    access: new Map(renamed.map((c) => [idOf(c.id), c.access])),
    stays,
    people,
    selves,
    seats,
    added: new Map(added),
    pending: new Map(pending),
    relations,
    states,
    drafts,
  };
}

function eventView(viewing: Viewing, event: LogEvent, facts: Facts): StreamEvent | null {
  const place = { stream: event.stream, seq: event.seq, at: isoOf(event.at) };
  const seats = facts.seats.get(event.stream) ?? 0;
  const subject = event.subject ?? '';
  switch (event.type) {
    case 'message.created':
    case 'message.updated': {
      const row = facts.messages.find((m) => idOf(m.id) === subject);
      return row ? { ...place, type: event.type, message: messageView(row, null) } : null;
    }
    case 'message.deleted':
      return { ...place, type: event.type, messageId: subject, messageSeq: event.number ?? 0 };
    case 'reaction.added':
    case 'reaction.removed': {
      const rows = facts.reactions.filter((r) => idOf(r.message_id) === subject);
      return { ...place, ...reactingNow(rows, event.actor ?? ''), type: event.type, messageId: subject, messageSeq: event.number ?? 0 };
    }
    case 'pin.added':
    case 'pin.removed':
      return { ...place, type: event.type, userId: event.actor ?? '', messageId: subject, messageSeq: event.number ?? 0 };
    case 'message.hidden':
    case 'message.unhidden': {
      const row = facts.messages.find((m) => idOf(m.id) === subject);
      return row ? { ...place, type: event.type, messageId: subject, conversationId: idOf(row.conversation_id) } : null;
    }
    case 'conversation.created':
      return { ...place, type: event.type };
    case 'conversation.updated':
      return { ...place, type: event.type, ...(facts.updated.get(event.stream) ?? { name: null, addPolicy: 'owner' }) };
    case 'conversation.closed':
      return { ...place, type: event.type, userId: event.actor };
    case 'access.changed':
      return { ...place, type: event.type, access: accessOf(facts.access.get(event.stream) ?? null) };
    case 'owner.changed':
      return { ...place, type: event.type, userId: event.subject };
    case 'member.added': {
      const stay = facts.stays.findLast((s) => idOf(s.conversation_id) === event.stream && idOf(s.user_id) === subject);
      const person = facts.people.find((p) => idOf(p.id) === subject);
      if (!stay || !person) return null;
      const by = event.actor === null ? null : bytesOf(event.actor); // the stay may be a later one; whoever is told of this was there
      return { ...place, type: event.type, member: memberView({ ...person, ...stay, added_by: by }, [{ from: 0, to: null }]), seats };
    }
    case 'member.changed': {
      const person = facts.people.find((p) => idOf(p.id) === subject);
      return person ? { ...place, type: event.type, user: userView(person.id, person) } : null;
    }
    case 'member.roleChanged':
      return { ...place, type: event.type, userId: subject, role: event.number === 1 ? 'admin' : 'member' };
    case 'member.left':
      return { ...place, type: event.type, userId: subject, seats };
    case 'member.removed':
      return { ...place, type: event.type, userId: subject, removedBy: event.actor, seats };
    case 'invitation.created':
    case 'invitation.accepted':
    case 'invitation.revoked':
    case 'invitation.expired':
      return { ...place, type: event.type, seats };
    case 'you.added': {
      const conversation = facts.added.get(event.pos);
      return conversation ? { ...place, type: event.type, conversation } : null; // gone again meanwhile: you.removed follows
    }
    case 'you.removed':
      return { ...place, type: event.type, conversationId: subject, reason: event.number === 0 ? 'left' : 'removed' };
    case 'read.moved':
      return { ...place, type: event.type, conversationId: subject, readSeq: event.number ?? 0 };
    case 'unread.marked':
      return { ...place, type: event.type, conversationId: subject, readSeq: event.number ?? 0 };
    case 'pending.changed': {
      const oldestFirst = (facts.pending.get(event.pos) ?? []).toReversed();
      return { ...place, type: event.type, conversationId: subject, pending: oldestFirst.map((row) => pendingView(viewing, row)) };
    }
    case 'me.changed': {
      const mine = facts.selves.get(event.stream);
      return mine ? { ...place, type: event.type, me: mine } : null;
    }
    case 'session.revoked':
      return { ...place, type: event.type, sessionId: subject };
    case 'conversation.cleared':
      return { ...place, type: event.type, conversationId: subject, clearedSeq: event.number ?? 0 };
    case 'conversation.hidden':
      return { ...place, type: event.type, conversationId: subject, hiddenSeq: event.number ?? 0 };
    case 'conversation.opened':
      return { ...place, type: event.type, conversationId: subject };
    case 'draft.changed':
      return { ...place, type: event.type, conversationId: subject, draft: facts.drafts.get(`${event.stream} ${subject}`) ?? null };
    case 'notifications.changed':
      return {
        ...place,
        type: event.type,
        conversationId: subject,
        notifications: notificationsView(facts.states.get(`${event.stream} ${subject}`)),
      };
    case 'contact.requested':
    case 'contact.accepted':
    case 'contact.removed':
    case 'follow.changed':
    case 'block.changed': {
      const relation = facts.relations.get(`${event.stream} ${subject}`);
      return relation ? { ...place, type: event.type, relation } : null;
    }
    default:
      return event.type satisfies never;
  }
}

/** The people of user streams with what these events of theirs are about. */
function subjectsByViewer(events: readonly LogEvent[]): [string, string[]][] {
  const viewers = [...new Set(events.map((e) => e.stream))];
  return viewers.map((viewer) => [viewer, [...new Set(events.flatMap((e) => (e.stream === viewer && e.subject ? [e.subject] : [])))]]);
}

async function draftsAt(viewing: Viewing, events: readonly LogEvent[]): Promise<Facts['drafts']> {
  const drafts = await Promise.all(
    subjectsByViewer(events).map(async ([viewer, ids]) =>
      (await draftsIn(viewing.read, viewer, ids)).map((row) => [`${viewer} ${idOf(row.conversation_id)}`, row.draft] as const),
    ),
  );
  return new Map(drafts.flat());
}

async function statesAt(viewing: Viewing, events: readonly LogEvent[]): Promise<Facts['states']> {
  const states = await Promise.all(
    subjectsByViewer(events).map(async ([viewer, ids]) =>
      (await myStates(viewing.read, viewer, ids)).map((row) => [`${viewer} ${idOf(row.conversation_id)}`, row] as const),
    ),
  );
  return new Map(states.flat());
}

async function relate(viewing: Viewing, events: readonly LogEvent[]): Promise<Facts['relations']> {
  const relations = await Promise.all(
    subjectsByViewer(events).map(async ([viewer, others]) =>
      (await relationsOf(viewing.read, viewer, others)).map((relation) => [`${viewer} ${relation.user.id}`, relation] as const),
    ),
  );
  return new Map(relations.flat());
}
