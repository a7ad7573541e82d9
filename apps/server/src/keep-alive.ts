import type { WebSocket } from 'ws';

/** One wheel for all sockets: a ping every `every` milliseconds, and whoever missed the last one is gone. */
export function createKeepAlive(every: number) {
  const answered = new Map<WebSocket, boolean>();
  const wheel = setInterval(() => {
    for (const [socket, alive] of answered) {
      if (!alive) {
        socket.terminate();
        continue;
      }
      answered.set(socket, false);
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, every);
  wheel.unref();
  return {
    add(socket: WebSocket): void {
      answered.set(socket, true);
      socket.on('pong', () => void answered.set(socket, true));
    },
    delete: (socket: WebSocket): void => void answered.delete(socket),
    close: (): void => clearInterval(wheel),
  };
}
