import { limits } from '@koreromai/contract';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { rawConnection, upgradeHead } from './test/raw.ts';
import { type Person, startServer, type TestServer } from './test/server.ts';
import { openSocket } from './test/socket.ts';

const { perPerson, strangers } = limits.socket;
const connect = (server: TestServer, { token }: Person) =>
  openSocket(new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers: { authorization: `Bearer ${token}` } }));

test(`R7: a person has ${perPerson} sockets at once; one more is told why and closed, nobody else is, and one that ends makes room`, async () => {
  await using server = await startServer();
  const [hana, wiremu] = [await server.signUp('hana'), await server.signUp('wiremu')];
  const open = await Promise.all(Array.from({ length: perPerson }, () => connect(server, hana)));
  for (const socket of open) expect((await socket.query('users.me')).error).toBeUndefined();
  const over = await connect(server, hana);
  over.send({ id: 1, method: 'query', params: { path: 'users.me' } });
  expect(await over.closed).toBe(4429);
  expect(over.frames.map((f) => f.error?.data.code)).toContain('TOO_MANY_CONNECTIONS');
  using other = await connect(server, wiremu);
  expect((await other.query('users.me')).error).toBeUndefined();
  const [first, ...rest] = open;
  expect((await rest[0]?.query('users.me'))?.error, 'and those that were there stay').toBeUndefined();
  first?.socket.close();
  await first?.closed;
  await eventually('room for one more', async () => {
    const next = await connect(server, hana);
    const code = await Promise.race([
      next.closed,
      next.query('users.me').then(
        ({ error }) => (error ? 'refused' : 'served'),
        () => 'refused',
      ),
    ]);
    next.socket.close();
    return code === 'served';
  });
  for (const socket of rest) socket.socket.close();
});

test(`R7, D8: ${strangers} sockets of one network may owe who they are; the next is refused, and once they are gone the door is open`, async () => {
  await using server = await startServer({ serve: { authenticateWithin: 20_000 } });
  const anahera = await server.signUp('anahera');
  const half = await Promise.all(Array.from({ length: strangers }, () => rawConnection(server.port)));
  for (const { net } of half) net.write(upgradeHead('/trpc?connectionParams=1'));
  await eventually('all of them half open', () => server.sockets() === strangers);
  using late = await rawConnection(server.port);
  late.net.write(upgradeHead('/trpc?connectionParams=1'));
  await late.end;
  expect(late.text()).toMatch(/^HTTP\/1\.1 429 /);
  expect((await server.call('users.me', undefined, anahera)).status, 'HTTP goes on').toBe(200);
  for (const { net } of half) net.destroy();
  await eventually('an empty house', () => server.sockets() === 0);
  using back = await connect(server, anahera);
  expect((await back.query('users.me')).error).toBeUndefined();
});

test('R7: who has shown who they are is no stranger any more: others of the same network find room', async () => {
  await using server = await startServer({ serve: { perPerson: strangers + 1 } });
  const anahera = await server.signUp('anahera');
  for (let i = 0; i < strangers; i += 100) {
    const sockets = await Promise.all(Array.from({ length: 100 }, () => connect(server, anahera)));
    await Promise.all(sockets.map((socket) => socket.query('users.me')));
  }
  expect(server.sockets()).toBe(strangers);
  using next = await connect(server, anahera);
  expect((await next.query('users.me')).error).toBeUndefined();
});
