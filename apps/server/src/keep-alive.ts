import type { WebSocket } from 'ws';

/** Turns in which all sockets are gone through: all pings at once would hold everybody else meanwhile. */
const turns = 100;

/** One wheel for all sockets: a ping every `every` milliseconds to each, and whoever did not answer the last one is gone. */
export function createKeepAlive(every: number) {
  /** The turn of the ping that waits for its answer, or null. */
  const unanswered = new Map<WebSocket, number | null>();
  let turn = 0;
  let round = unanswered.entries();
  const wheel = setInterval(() => {
    if (turn++ % turns === 0) round = unanswered.entries(); // it goes on over those who come meanwhile
    for (let left = Math.ceil(unanswered.size / turns); left > 0; left--) {
      const next = round.next();
      if (next.done) return;
      look(...next.value);
    }
  }, every / turns);
  wheel.unref();

  function look(socket: WebSocket, pinged: number | null): void {
    if (pinged !== null) {
      if (turn - pinged >= turns / 2) socket.terminate(); // when many left, its turn comes sooner than an answer may
      return;
    }
    unanswered.set(socket, turn);
    if (socket.readyState === socket.OPEN) socket.ping();
  }

  return {
    add(socket: WebSocket): void {
      unanswered.set(socket, null);
      socket.on('pong', () => void (unanswered.has(socket) && unanswered.set(socket, null)));
    },
    delete: (socket: WebSocket): void => void unanswered.delete(socket),
    close: (): void => clearInterval(wheel),
  };
}
