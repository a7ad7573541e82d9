import type { BotScope, Conversation } from '@koreromai/contract';
import type { Placed } from '@koreromai/realtime';
import { createFeed } from '@koreromai/realtime';
import { type Dialect, freshDatabase } from '@koreromai/testing';
import { quickHashing } from '../auth/passwords.ts';
import { createSessions } from '../auth/sessions.ts';
import type { Caller, Context } from '../context.ts';
import { createWatching } from '../events/watching.ts';
import { appRouter } from '../root.ts';
import { createServices, type ServiceOptions, standingFor, veilsFor } from '../services.ts';
import { createCallerFactory } from '../trpc.ts';

const callerFor = createCallerFactory(appRouter);
export type Api = ReturnType<typeof callerFor>;

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly api: Api;
  readonly caller: Caller;
}

/**
 * A server in a value: a fresh database, a clock that stands until it is moved, and people who sign up by name.
 * Calls go through the real router without a socket; rate limits are off unless asked for.
 */
export async function createWorld(dialect: Dialect, options: Partial<Omit<ServiceOptions, 'db'>> = {}) {
  const database = await freshDatabase(dialect);
  const db = await database.open();
  const faults: unknown[] = [];
  const clock = { now: Date.UTC(2026, 10, 21, 3, 0, 0) };
  const services = await createServices({
    db,
    publicUrl: 'http://localhost:1337',
    now: () => clock.now,
    rateLimits: 'off',
    hashing: quickHashing,
    onFault: (error) => void faults.push(error),
    ...options,
  });
  const sessions = createSessions(services);

  const context = (caller: Caller | null): Context => ({
    services,
    transport: 'ws',
    caller,
    address: '203.0.113.7',
    userAgent: 'test',
    requestId: 'test',
    keepToken: () => {},
    slots: { taken: 0 },
    watching: createWatching(),
  });

  /** Signs a person up: `anahera` becomes anahera@example.nz. */
  async function person(name: string): Promise<Person> {
    const email = `${name}@example.nz`;
    const { user, token } = await callerFor(context(null)).auth.signUp({ email, password: `correct horse ${name}`, name });
    const caller = await sessions.authenticate(token);
    if (!caller) throw new Error(`${name} could not sign in.`);
    return { id: user.id, email, token, caller, api: callerFor(context(caller)) };
  }

  /** A bot of that person with a token for these scopes, and the router as that token may call it. */
  async function bot(owner: Person, scopes: readonly BotScope[] = ['read', 'post', 'manage'], name = 'Karere') {
    const { id, username } = await owner.api.bots.create({ name });
    const { token, id: tokenId } = await owner.api.bots.createToken({ botId: id, name: 'test', scopes: [...scopes] });
    const caller = await sessions.authenticate(token, () => void over.add(tokenId));
    if (!caller) throw new Error('The token of the bot is good for nothing.');
    return { id, username, token, tokenId, caller, api: callerFor(context(caller)) };
  }
  const over = new Set<string>();

  return {
    db,
    services,
    bot,
    /** Tokens of bots that were cut off. */
    over,
    sessions,
    clock,
    /** Errors that no rule expects. A test that ends with one here has found a bug. */
    faults,
    anonymous: callerFor(context(null)),
    /** The router as a connection of this session calls it. */
    as: (caller: Caller): Api => callerFor(context(caller)),
    person,
    people: <const N extends readonly string[]>(...names: N) =>
      Promise.all(names.map(person)) as Promise<{ -readonly [K in keyof N]: Person }>,
    /** A group of the owner and others, all known. */
    async group(owner: Person, others: readonly Person[], name = 'Whānau'): Promise<Conversation> {
      const made = await owner.api.conversations.create({ kind: 'group', people: others.map((o) => o.email), name });
      if (made.status === 'pending') throw new Error('A group is never pending as a whole.');
      return made.conversation;
    },
    async direct(one: Person, other: Person): Promise<Conversation> {
      const made = await one.api.conversations.create({ kind: 'direct', person: other.email });
      if (made.status === 'pending') throw new Error('Both have accounts.');
      return made.conversation;
    },
    /** What a subscriber gets, from `from` (a pos; null is now) until `stop` is called; frames are kept as they come. */
    subscribe(who: Person, from: number | null) {
      const { live, log, project, probe } = services;
      const frames: Placed[] = [];
      const ending = new AbortController();
      const feed = createFeed(
        { live, log, project, probe, standing: standingFor(services), veils: veilsFor(services), userId: who.id, from },
        ending.signal,
      );
      const done = (async () => {
        for await (const placed of feed) frames.push(placed);
      })();
      return {
        frames,
        async stop() {
          ending.abort();
          await done;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      sessions.close();
      await services.close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
