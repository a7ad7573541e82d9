import { conversationsByActivity } from '@koreromai/client';
import { titleOf } from '../conversations/naming.ts';
import { useClient, useMe } from '../session/session.tsx';
import { type Filters, type Typed, typedFilters } from './filters.ts';
import { folded } from './terms.ts';

/** Takes what was typed apart: names become the ids of people and chats. A name that nobody has stays a word of the search. */
export function createResolve(onFilters: (part: Partial<Filters>) => void) {
  const client = useClient();
  const me = useMe();

  const chatCalled = (name: string): string | undefined => {
    const chats = conversationsByActivity(client.store.get());
    const titled = chats.map((chat) => ({ id: chat.id, title: folded(titleOf(chat, me().id)) }));
    const wanted = folded(name);
    return (titled.find((chat) => chat.title === wanted) ?? titled.find((chat) => chat.title.includes(wanted)))?.id;
  };
  const personCalled = async (name: string): Promise<string | undefined> => {
    const wanted = folded(name.replace(/^@/u, ''));
    if (wanted === 'me') return me().id;
    const { items } = await client.api.users.list.query({ query: wanted, limit: 20 }).catch(() => ({ items: [] }));
    return (items.find((user) => folded(user.username) === wanted) ?? items.find((user) => folded(user.name) === wanted) ?? items[0])?.id;
  };

  return async (raw: string): Promise<void> => {
    const typed: Typed = typedFilters(raw);
    const place = typed.in === undefined ? undefined : chatCalled(typed.in);
    const person = typed.from === undefined ? undefined : await personCalled(typed.from);
    const left = [typed.q, ...(typed.in && !place ? [typed.in] : []), ...(typed.from && !person ? [typed.from] : [])];
    onFilters({
      q: left.filter((word) => word !== '').join(' '),
      ...(place && { in: place }),
      ...(person && { from: person }),
      ...(typed.has && { has: typed.has }),
      ...(typed.after && { after: typed.after }),
      ...(typed.before && { before: typed.before }),
    });
  };
}
