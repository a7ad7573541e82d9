import type { WebSocket } from 'ws';

/** Lets a socket speak `perSecond` frames a second; above that it is not read until the second is over. */
export function throttle(socket: WebSocket, perSecond: number): void {
  let second = 0;
  let frames = 0;
  socket.on('message', () => {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) {
      second = now;
      frames = 0;
    }
    if (++frames !== perSecond) return;
    socket.pause();
    setTimeout(() => socket.resume(), 1_000 - (performance.now() % 1_000)).unref();
  });
}

/** Cuts off a peer that asks and does not read: once `bytes` of answers wait for it, the next one is its last. */
export function boundBacklog(socket: WebSocket, bytes: number): void {
  const send = socket.send.bind(socket) as (...args: unknown[]) => void; // its overloads cannot be passed on as one
  socket.send = (...args: unknown[]) => {
    if (socket.bufferedAmount > bytes) socket.terminate();
    else send(...args);
  };
}
