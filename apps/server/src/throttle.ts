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
