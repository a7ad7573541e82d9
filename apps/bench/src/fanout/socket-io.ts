import { createServer } from 'node:http';
import { Server } from 'socket.io';

// Socket.IO with the options that favour it: sockets only, nothing compressed, one room.
const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false, serveClient: false });
io.on('connection', (socket) => {
  void socket.join('room');
  socket.emit('checkpoint');
  socket.on('say', (event: unknown) => {
    socket.leave('room'); // who speaks here does not listen
    io.to('room').emit('message', event);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
});
