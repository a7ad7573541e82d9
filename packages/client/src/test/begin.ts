import { expect } from 'vitest';
import { createClient } from '../client.ts';
import { as } from './caller.ts';
import { arrange } from './history.ts';
import { startServer, until } from './server.ts';

/** A server, somebody signed in who is live, and somebody else who acts. */
export async function begin() {
  const { world, people, me } = arrange();
  const server = await startServer(world);
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), random: () => 0.05 });
  expect(await client.resume()).toBe(true);
  const status = () => client.store.get().connection.status;
  await until(() => status() === 'live', 'live');
  const [, second] = people;
  if (!second) throw new Error('alone');
  const other = as(world, second);
  const chat = Object.values(client.store.get().conversations).find((held) => held.name === 'Whānau')?.id ?? '';
  const close = async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
  };
  return {
    world,
    me,
    other,
    server,
    client,
    chat,
    status,
    texts: () => client.store.get().timelines[chat]?.messages.map(({ text }) => text) ?? [],
    [Symbol.asyncDispose]: close,
  };
}
