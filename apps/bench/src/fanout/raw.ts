import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

// What sockets can do with nothing around them: whatever one says goes to all, framed once and written once a turn to each.
const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
const nets = new Set<Duplex>();
let waiting: Buffer[] = [];

function flush(): void {
  const bytes = Buffer.concat(waiting);
  waiting = [];
  for (const net of nets) net.write(bytes);
}

function framed(text: Buffer): Buffer {
  const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 255]);
  return Buffer.concat([head, text]);
}

const server = createServer();
server.on('upgrade', (request, net, head) =>
  wss.handleUpgrade(request, net, head, (socket: WebSocket) => {
    nets.add(net);
    socket.send('checkpoint');
    socket.on('message', (data) => {
      if (waiting.push(framed(data as Buffer)) === 1) setImmediate(flush);
    });
    socket.once('close', () => nets.delete(net));
  }),
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
});
