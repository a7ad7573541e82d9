import type { Conversation } from '@koreromai/contract';
import type { Person, TestServer } from '../server.ts';

export type Names = 'anahera' | 'bea' | 'dan' | 'eru' | 'outsider';
export interface Scene {
  server: TestServer;
  /** The admin of the instance, in none of the chats. */
  root: Person;
  cast: Record<Names, Person>;
  /** A group of anahera (owner), bea, dan and a pending seat. */
  group: Conversation;
  token: string;
  /** Id of anahera's message, the only one. */
  first: string;
}

export interface Case {
  readonly procedure: string;
  readonly what: string;
  readonly told: readonly Names[];
  readonly change: (scene: Scene) => Promise<unknown>;
}

export const say = (who: Names, text: string) => (s: Scene) =>
  s.server.ok('messages.post', { conversationId: s.group.id, text }, s.cast[who]);
export const id = (s: Scene) => ({ conversationId: s.group.id });
