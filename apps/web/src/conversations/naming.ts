import type { Conversation, User } from '@koreromai/contract';
import { listed } from '../language/grammar.ts';
import { t } from './words.ts';

const NAMED = 3;

export const othersIn = (conversation: Conversation, meId: string): User[] =>
  conversation.members.map((member) => member.user).filter((user) => user.id !== meId);

/** What a chat is called by one of its people: its name, or the names of the others. */
export function titleOf(conversation: Conversation, meId: string): string {
  if (conversation.name !== null) return conversation.name;
  const names = othersIn(conversation, meId).map((user) => user.name);
  if (names.length === 0) return conversation.kind === 'direct' ? t('someoneWhoLeft') : t('newGroup');
  const more = names.length - NAMED;
  const shown = more > 0 ? [...names.slice(0, NAMED), t('more', more)] : names;
  return listed(shown, 'narrow');
}

/** "Direct chat", or how many are in and how many are invited. */
export function subtitleOf(conversation: Conversation): string {
  if (conversation.kind === 'direct') return t('directChat');
  if (conversation.kind === 'room') return conversation.myRole === null ? t('roomNotFollowed') : t('room');
  const people = conversation.members.length;
  const invited = conversation.seats - people;
  const here = t('peopleHere', people);
  return invited > 0 ? t('andInvited', here, invited) : here;
}

/** Who becomes the owner when this one leaves (M9): the admin here longest, else the member here longest. */
export function successorOf(conversation: Conversation, leavingId: string): User | null {
  const staying = conversation.members.filter((member) => member.user.id !== leavingId);
  const admins = staying.filter((member) => member.role === 'admin');
  const order = (admins.length > 0 ? admins : staying).toSorted((a, b) => compare(a.joinedAt, b.joinedAt) || compare(a.user.id, b.user.id));
  return order[0]?.user ?? null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
