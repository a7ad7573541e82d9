import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { bearerOf, readKnown } from './fixture.ts';

// The least that a chat server over `ws` can do: a token is looked up in memory, a post goes to the chat's people, nothing is stored.
// What a tick has for a socket is written at once: its best way. `raw.ts <known file>`
const { byToken, chats } = readKnown(process.argv[2] ?? '');
const here = new Map<string, WebSocket>();
const corked = new Set<{ cork(): void; uncork(): void }>();
const server = createServer();
const wss = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });

function send(socket: WebSocket, text: string): void {
  const net = nets.get(socket);
  if (net && !corked.has(net)) {
    net.cork();
    if (corked.size === 0) setImmediate(flush);
    corked.add(net);
  }
  socket.send(text);
}

function flush(): void {
  for (const net of corked) net.uncork();
  corked.clear();
}

const nets = new WeakMap<WebSocket, { cork(): void; uncork(): void }>();
wss.on('connection', (socket, request) => {
  const person = byToken.get(bearerOf(request.headers.authorization));
  if (person === undefined) return socket.close();
  nets.set(socket, request.socket);
  here.set(person, socket);
  socket.on('close', () => here.delete(person));
  socket.on('message', (data) => {
    const { id, chat, text } = JSON.parse(String(data)) as { id: number; chat: string; text: string };
    const frame = JSON.stringify({ chat, from: person, text });
    for (const member of chats.get(chat) ?? []) {
      const to = here.get(member);
      if (to) send(to, frame);
    }
    send(socket, JSON.stringify({ id }));
  });
  send(socket, '{"ready":true}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
process.on('SIGTERM', () => process.exit(0));
