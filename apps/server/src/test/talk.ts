import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { call } from './http.ts';
import type { Out } from './server.ts';

export interface Acked {
  readonly id: string;
  readonly text: string;
}

export interface Talk extends AsyncDisposable {
  readonly room: string;
  readonly owner: Out['auth']['signUp'];
  readonly people: readonly Out['auth']['signUp'][];
  /** Every message that the server said yes to. */
  readonly acked: readonly Acked[];
  /** Milliseconds that the slowest message took from its first try to its yes. */
  readonly slowest: () => number;
  /** Nobody says anything more; resolves when all that was begun has its yes. */
  stop(): Promise<void>;
}

/** People in one room who post `perSecond` messages together, and repeat each under its own id until the server says yes. */
export async function startTalk(url: string, clients: number, perSecond: number): Promise<Talk> {
  const signUp = async (name: string) =>
    (await call(url, 'auth.signUp', { email: `${name}@example.nz`, password: 'correct horse', name })).data as Out['auth']['signUp'];
  const people: Out['auth']['signUp'][] = [];
  for (let i = 0; i < clients; i++) people.push(await signUp(`mover${i}`));
  const [owner] = people;
  if (!owner) throw new Error('Nobody talks.');
  const made = await call(url, 'rooms.create', { name: `Talk ${randomUUID()}`, access: 'public' }, { token: owner.token });
  const room = (made.data as { id: string }).id;
  for (const { token } of people.slice(1)) await call(url, 'rooms.follow', { roomId: room }, { token });
  const acked: Acked[] = [];
  let slowest = 0;
  let going = true;

  async function post(token: string, text: string): Promise<void> {
    const id = randomUUID();
    const from = performance.now();
    for (;;) {
      const reply = await call(url, 'messages.post', { conversationId: room, id, text }, { token }).catch(() => null); // nobody listens just now
      if (reply?.status === 200) break;
      if (reply && ![500, 503].includes(reply.status)) throw new Error(`${reply.status} ${reply.text}`);
      if (!going && performance.now() - from > 20_000) return;
      await wait(25);
    }
    slowest = Math.max(slowest, performance.now() - from);
    acked.push({ id, text });
  }

  const running = people.map(async ({ token }, n) => {
    const every = (1_000 * clients) / perSecond;
    await wait((every * n) / clients);
    for (let i = 0; going; i++) {
      const from = performance.now();
      await post(token, `${n} says ${i} – kōrero mai 🪁`);
      await wait(Math.max(0, every - (performance.now() - from)));
    }
  });
  const stop = async () => {
    going = false;
    await Promise.all(running);
  };
  return { room, owner, people, acked, slowest: () => slowest, stop, [Symbol.asyncDispose]: stop };
}
