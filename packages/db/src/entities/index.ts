import { Block, Contact, Follow, Refusal, RoomAccess } from './circles.ts';
import { Conversation, Invitation, MemberState, RoomCount, Span } from './conversations.ts';
import { CounterDay, CounterMonth, CounterPentad } from './counters.ts';
import { Hook, Webhook, WebhookDelivery } from './hooks.ts';
import { Counter, Event, Instance, LogHead, Message, Stream } from './log.ts';
import {
  Attachment,
  HiddenMessage,
  LinkPreview,
  Mention,
  PersonReport,
  Pin,
  PreviewImage,
  Reaction,
  Report,
  Revision,
  StorageUse,
} from './messages.ts';
import { Handle, UserWord } from './names.ts';
import { Session, User } from './people.ts';
import { PushDelivery, PushSubscription } from './push.ts';
import { Audit, Follower, InvitedAddress, Job, Mail, MailGate, PasswordReset, Setting, SignIn } from './running.ts';
import { MessageFts, SearchDocument, SearchWord } from './search.ts';

export const entities = [
  Attachment,
  Audit,
  Block,
  Contact,
  Conversation,
  Counter,
  CounterDay,
  CounterMonth,
  CounterPentad,
  Event,
  Follow,
  Follower,
  Handle,
  HiddenMessage,
  Hook,
  Instance,
  Invitation,
  InvitedAddress,
  Job,
  LinkPreview,
  LogHead,
  Mail,
  MailGate,
  MemberState,
  Mention,
  Message,
  MessageFts,
  PasswordReset,
  PersonReport,
  Pin,
  PreviewImage,
  PushDelivery,
  PushSubscription,
  Reaction,
  Refusal,
  Report,
  Revision,
  RoomAccess,
  RoomCount,
  SearchDocument,
  SearchWord,
  Session,
  Setting,
  SignIn,
  Span,
  StorageUse,
  Stream,
  User,
  UserWord,
  Webhook,
  WebhookDelivery,
] as const;
