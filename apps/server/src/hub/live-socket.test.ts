import { Duplex } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createTick, LiveSocket } from './live-socket.ts';

setFlagsFromString('--expose-gc');
const collect: (how: { type: 'minor'; execution: 'sync' }) => void = runInNewContext('gc');
/** Whatever is still held after both is old: only a look through the whole heap finds that nobody has it any more. */
const collectTheYoung = () => {
  for (let i = 0; i < 2; i++) collect({ type: 'minor', execution: 'sync' });
};

test('what a socket was told is let go of as soon as it is written, however long the socket has stood', () => {
  const net = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
  const socket = Object.defineProperty(new LiveSocket(null as never, undefined, {}), 'readyState', { value: LiveSocket.OPEN });
  socket.adopt(net, createTick());
  const size = 1_000_000;
  const tell = () => {
    socket.write(Buffer.alloc(size));
    socket.flush();
  };
  for (let i = 0; i < 3; i++) {
    collectTheYoung(); // the socket, and whatever lies ready in it, has grown old
    tell();
  }
  collectTheYoung();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 20; i++) {
    tell();
    collectTheYoung();
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * size);
});
