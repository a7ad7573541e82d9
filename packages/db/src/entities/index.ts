import { Conversation, Invitation, MemberState, Span } from './conversations.ts';
import { Counter, Event, Instance, LogHead, Message, Stream } from './log.ts';
import { Session, User } from './people.ts';

export const entities = [
  Conversation,
  Counter,
  Event,
  Instance,
  Invitation,
  LogHead,
  MemberState,
  Message,
  Session,
  Span,
  Stream,
  User,
] as const;
