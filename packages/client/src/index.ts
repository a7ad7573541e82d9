/**
 * The headless client: one store, one way for it to change, and the commands of a person.
 *
 *     const client = createClient({ url: location.origin });
 *     if (!(await client.resume())) await client.signIn({ email, password });
 *     client.store.subscribe((state) => draw(state));
 */
export type { Attachment, Conversation, Frame, Message, Page, Quote, Relation, Self, User } from '@koreromai/contract';
export { createClient } from './client.ts';
export { type Clock, systemClock } from './clock.ts';
export type { Api } from './connect.ts';
export type { Connection } from './connection.ts';
export { conversationsByActivity, outboxOf, shownUnread, unreadTotal } from './conversations.ts';
export type { KeptEntry, OutboxStorage } from './keep.ts';
export type { Enclosed } from './outbox.ts';
export { type Refused, refusalOf } from './refusal.ts';
export type { AppRouter } from './router.ts';
export type { Client, ClientOptions } from './shape.ts';
export type { KeptChat, KeptHead, Shelf, ShelfChange, Turn } from './shelf.ts';
export { type Departure, emptyState, type OutboxEntry, type State, type Timeline } from './state.ts';
export type { Store } from './store.ts';
export { uuidv7 } from './uuid.ts';
