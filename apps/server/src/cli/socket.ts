import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Console } from '@koreromai/api';
import type { HandOver } from '../move/hand-over.ts';
import { type Answered, type Asked, answered, asked, perform, type Take } from './commands.ts';
import { sentenceOf } from './sentence.ts';

/** What the system takes as a socket's path. */
const longestPath = 103;
const longestLine = 65_536;

/** Where the server of a data folder listens to its command line; null where the system has no such sockets, or the path is too long. */
export function socketPath(dataDir: string): string | null {
  const path = join(dataDir, 'run', 'koreromai.sock');
  return process.platform === 'win32' || Buffer.byteLength(path) > longestPath ? null : path;
}

export interface Desk {
  close(): Promise<void>;
}

/** Listens for the command line, for nobody but this user: a line of JSON in, a line out, before it the pieces of a file. Another server's living socket is left alone. */
export async function openDesk(dataDir: string, desk: Console, onFault: (error: unknown) => void, handOver?: HandOver): Promise<Desk> {
  const path = socketPath(dataDir);
  if (path === null || (await reach(path))) return { close: async () => {} };
  const folder = join(dataDir, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  rmSync(path, { force: true }); // of a server that was killed
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    const answer = (what: Answered) => socket.end(`${JSON.stringify(what)}\n`);
    lineOf(socket)
      .then(async (line) => {
        const what = asked.parse(JSON.parse(line));
        if (what.command === 'move') open.delete(socket); // answered when this server has been closed and the next one stands
        answer({ text: await perform(desk, what, (piece) => sent(socket, piece), handOver) });
      })
      .catch((error: unknown) => {
        if (socket.destroyed) return; // whoever asked has gone
        const sentence = sentenceOf(error);
        if (sentence === null) onFault(error);
        answer({ sentence: sentence ?? 'Something went wrong: look at what the server wrote.' });
      });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(); // it would wait for who asked for a move
        for (const socket of open) socket.destroy();
        resolve();
      }),
  };
}

/** Resolves when the other side has room for more. Rejects when it has gone. */
async function sent(socket: Socket, piece: Uint8Array): Promise<void> {
  if (socket.destroyed) throw new Error('Whoever asked has gone.');
  const line: Answered = { piece: Buffer.from(piece).toString('base64') };
  if (!socket.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

/** Asks the server of a data folder; null when none runs. A file's pieces go to `take`. */
export async function askServer(dataDir: string, what: Asked, take: Take): Promise<Exclude<Answered, { piece: string }> | null> {
  const path = socketPath(dataDir);
  const socket = path === null ? null : await reach(path, true);
  if (!socket) return null;
  socket.write(`${JSON.stringify(what)}\n`);
  try {
    for await (const line of createInterface({ input: socket })) {
      const answer = answered.parse(JSON.parse(line));
      if (!('piece' in answer)) return answer;
      await take(Buffer.from(answer.piece, 'base64'));
    }
  } finally {
    socket.destroy();
  }
  throw new Error('The server ended before it had answered.');
}

function reach(path: string, keep = false): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => {
      if (!keep) socket.destroy();
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      ['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error),
    );
  });
}

function lineOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (text.length > longestLine) reject(new Error('The line was too long.'));
      else if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    socket.once('error', reject).once('close', () => reject(new Error('The server ended before it answered.')));
  });
}
