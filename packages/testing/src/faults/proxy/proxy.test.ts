import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { startProxy } from './proxy.ts';

/** A server that answers every chunk with the same in capitals, and keeps what it heard. */
async function shouter() {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      heard.push(String(chunk));
      if (socket.writable) socket.write(String(chunk).toUpperCase());
    });
    socket.on('end', () => heard.push('(end)'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy = await startProxy(typeof address === 'object' && address ? address.port : 0);
  return {
    heard,
    proxy,
    sockets,
    async [Symbol.asyncDispose]() {
      await proxy.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A client that keeps what it heard and how it ended. */
async function caller(port: number) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const said: string[] = [];
  let end = '';
  socket.on('data', (chunk) => said.push(String(chunk)));
  socket.on('error', (error) => {
    end = 'code' in error ? String(error.code) : error.message;
  });
  socket.on('end', () => {
    end ||= 'end';
  });
  await once(socket, 'connect');
  return { socket, heard: () => said.join(''), ended: () => end, [Symbol.dispose]: () => void socket.destroy() };
}

describe('the fault proxy', () => {
  it('carries bytes both ways in fair weather', async () => {
    await using world = await shouter();
    using client = await caller(world.proxy.port);
    client.socket.write('kia ora');
    await eventually('the answer', () => client.heard() === 'KIA ORA');
  });

  it('delays, and keeps the order whatever the jitter', async () => {
    await using world = await shouter();
    Object.assign(world.proxy.weather, { delay: 5, jitter: 20 });
    using client = await caller(world.proxy.port);
    const began = performance.now();
    for (const letter of 'abcdefgh') {
      client.socket.write(letter);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually('all the answers', () => client.heard() === 'ABCDEFGH');
    expect(performance.now() - began).toBeGreaterThanOrEqual(10);
  });

  it.each(['toServer', 'toClient'] as const)('swallows what goes %s while the connection stays open', async (blackhole) => {
    await using world = await shouter();
    using client = await caller(world.proxy.port);
    world.proxy.weather.blackhole = blackhole;
    client.socket.write('lost');
    await eventually('the hole to swallow it', () => world.proxy.damage.swallowedBytes === 4);
    world.proxy.weather.blackhole = 'none';
    // What was said after the hole closed proves that nothing of before is still under way.
    await eventually('an answer again', () => {
      if (!client.heard()) client.socket.write('x');
      return client.heard() !== '';
    });
    expect(client.heard()).not.toContain('LOST');
    expect(world.heard.join('').includes('lost')).toBe(blackhole === 'toClient');
  });

  it('resets: the client hears ECONNRESET', async () => {
    await using world = await shouter();
    using client = await caller(world.proxy.port);
    await eventually('the link', () => world.sockets.size === 1);
    world.proxy.resetAll();
    await eventually('the reset', () => client.ended() === 'ECONNRESET');
  });

  it('closes one half: the client hears the end and the server still hears the client', async () => {
    await using world = await shouter();
    using client = await caller(world.proxy.port);
    await eventually('the link', () => world.sockets.size === 1);
    for (const link of world.proxy.links) link.halfClose('client');
    await eventually('the end', () => client.ended() === 'end');
    client.socket.write('still here');
    await eventually('the server to hear', () => world.heard.includes('still here'));
  });

  it('cuts after so many bytes, to the byte', async () => {
    await using world = await shouter();
    world.proxy.weather.cutAfterBytes = 5;
    using client = await caller(world.proxy.port);
    client.socket.write('abcdefgh');
    await eventually('the cut', () => client.ended() !== '');
    expect(client.heard()).toBe('ABCDE');
    expect(world.heard).toContain('abcdefgh');
  });

  it('F5: cuts after the server got the request and before the client has the reply', async () => {
    await using world = await shouter();
    world.proxy.weather.losesReply = () => true;
    using client = await caller(world.proxy.port);
    client.socket.write('do it');
    await eventually('the cut', () => client.ended() !== '');
    expect(world.heard).toContain('do it');
    expect(client.heard()).toBe('');
    expect(world.proxy.damage.lostReplies).toBe(1);
  });

  it('sends new connections to a server that was started again elsewhere', async () => {
    await using first = await shouter();
    await using second = await shouter();
    first.proxy.target = second.proxy.port;
    using client = await caller(first.proxy.port);
    client.socket.write('over there');
    await eventually('the answer', () => client.heard() === 'OVER THERE');
    expect(first.heard).toEqual([]);
  });
});
