import type { AppRouter } from '@koreromai/api';
import { createTRPCClient, httpLink } from '@trpc/client';

const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: 'http://localhost:1337/trpc' })] });

/** What a consumer does with the router's types. */
export async function latest(conversationId: string): Promise<string> {
  const me = await client.users.me.query();
  const { items } = await client.messages.list.query({ conversationId, order: 'desc' });
  return `${me.username}: ${items[0]?.text ?? ''}`;
}
