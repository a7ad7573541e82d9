import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { bearerOf, readKnown } from './fixture.ts';

// Socket.IO as its documentation sets it up for performance: WebSocket only, no deflate, each chat a room, the post acknowledged. Nothing is stored.
// `socket-io.ts <known file>`
const { byToken, chatsOf } = readKnown(process.argv[2] ?? '');
const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.use((socket, next) => {
  const person = byToken.get(bearerOf(socket.request.headers.authorization));
  if (person === undefined) return next(new Error('Sign in first.'));
  socket.data.person = person;
  next();
});
io.on('connection', (socket) => {
  void socket.join(chatsOf.get(socket.data.person) ?? []);
  socket.on('post', ({ chat, text }: { chat: string; text: string }, done: () => void) => {
    io.to(chat).emit('posted', { chat, from: socket.data.person, text });
    done();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
process.on('SIGTERM', () => process.exit(0));
