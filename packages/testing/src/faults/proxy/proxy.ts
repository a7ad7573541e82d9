import { createServer } from 'node:net';
import { createDice, type Dice } from '../dice.ts';
import { createLink, type Damage, type Link } from './link.ts';
import { fairWeather, type Weather } from './weather.ts';

export interface Proxy extends AsyncDisposable {
  /** Where clients connect, on 127.0.0.1. */
  readonly port: number;
  readonly weather: Weather;
  /** Connections open now. */
  readonly links: ReadonlySet<Link>;
  readonly damage: Readonly<Damage>;
  /** Where new connections go: a server that was started again may have another port. */
  target: number;
  resetAll(): void;
  cutAll(): void;
  close(): Promise<void>;
}

/** A TCP proxy on 127.0.0.1 that misbehaves as told. */
export async function startProxy(target: number, dice: Dice = createDice(1)): Promise<Proxy> {
  const weather = fairWeather();
  const links = new Set<Link>();
  const damage: Damage = { lostReplies: 0, swallowedBytes: 0 };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const link = createLink(client, proxy.target, weather, dice, damage);
    links.add(link);
    client.once('close', () => links.delete(link));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();

  const proxy: Proxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    weather,
    links,
    target,
    damage,
    resetAll: () => {
      for (const link of links) link.reset();
    },
    cutAll: () => {
      for (const link of links) link.cut();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      proxy.cutAll();
      await closed;
    },
    [Symbol.asyncDispose]: () => proxy.close(),
  };
  return proxy;
}
