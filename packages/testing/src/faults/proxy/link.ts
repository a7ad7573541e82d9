import { connect, type Socket } from 'node:net';
import type { Dice } from '../dice.ts';
import { pipe } from './pipe.ts';
import type { Weather } from './weather.ts';

export interface Link {
  /** Both ends hear a reset. */
  reset(): void;
  /** One end hears that the other has said all it had to say, and can go on speaking. */
  halfClose(end: 'client' | 'server'): void;
  /** Both ends are closed without a word more. */
  cut(): void;
}

/** What the weather did to the connections so far. */
export interface Damage {
  lostReplies: number;
  swallowedBytes: number;
}

/** Joins a client to the server, through the weather. */
export function createLink(client: Socket, port: number, weather: Weather, dice: Dice, damage: Damage): Link {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let asked: Buffer | null = null;
  let given = 0;
  const swallows = (way: 'toServer' | 'toClient', chunk: Buffer) => {
    if (weather.blackhole !== way && weather.blackhole !== 'both') return false;
    damage.swallowedBytes += chunk.length;
    return true;
  };
  const travel = () => weather.delay + (weather.jitter === 0 ? 0 : dice.next() * weather.jitter);
  const cut = () => {
    client.destroy();
    server.destroy();
  };

  pipe({
    from: client,
    to: server,
    travel,
    admit(chunk) {
      asked = chunk;
      return !swallows('toServer', chunk);
    },
  });
  pipe({
    from: server,
    to: client,
    travel,
    admit(chunk) {
      if (asked && weather.losesReply(asked)) {
        damage.lostReplies++;
        cut();
        return false;
      }
      asked = null;
      if (swallows('toClient', chunk)) return false;
      const room = (weather.cutAfterBytes ?? Infinity) - given;
      given += chunk.length;
      if (chunk.length < room) return true;
      client.write(chunk.subarray(0, room), cut);
      return false;
    },
  });
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    socket.on('error', cut); // the other end hears of it by its own socket's end
    socket.on('close', cut);
  }

  return {
    cut,
    halfClose: (end) => void (end === 'client' ? client : server).end(),
    reset() {
      client.resetAndDestroy();
      server.resetAndDestroy();
    },
  };
}
