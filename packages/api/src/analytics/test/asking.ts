import type { Person } from '../../test/world.ts';

type Input<List extends 'topUsers' | 'topConversations' | 'daily'> = Parameters<Person['api']['analytics'][List]>[0];

/** Posts one after the other at the clock's time. */
export async function say(conversationId: string, ...people: readonly Person[]): Promise<void> {
  for (const { api } of people) await api.messages.post({ conversationId, text: 'Kia ora' });
}

// What each list answers, a row as one line: `mia 2`.
export const users = async (who: Person, input: Input<'topUsers'> = {}) =>
  (await who.api.analytics.topUsers(input)).items.map((row) => `${row.user.name} ${row.messages}`);
export const chats = async (who: Person, input: Input<'topConversations'> = {}) =>
  (await who.api.analytics.topConversations(input)).items.map((row) => `${row.conversation.name} ${row.messages}`);
export const days = async (who: Person, input: Input<'daily'> = {}) =>
  (await who.api.analytics.daily(input)).items.map((row) => `${row.day} ${row.messages}`);
