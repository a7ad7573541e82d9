import { quickHashing } from '../auth/passwords.ts';
import type { Caller } from '../context.ts';
import { appRouter } from '../root.ts';
import { createServices, type ServiceOptions } from '../services.ts';
import { createCallerFactory } from '../trpc.ts';
import type { Api, Person, World } from './world.ts';

const callerFor = createCallerFactory(appRouter);

/**
 * A second process over the world's database: its own lane, bus and live fan-out, the same clock.
 * On SQLite one process owns the file, so there it stands for a second lane of the same process.
 */
export async function anotherProcess(world: World, options: Partial<Omit<ServiceOptions, 'db'>> = {}) {
  const services = await createServices({
    db: world.db,
    publicUrl: world.services.publicUrl,
    now: () => world.clock.now,
    rateLimits: 'off',
    hashing: quickHashing,
    onFault: (error) => void world.faults.push(error),
    ...options,
  });
  const callAs = (caller: Caller | null): Api =>
    callerFor({ services, transport: 'http', caller, address: '203.0.113.7', userAgent: 'test', requestId: 'test', keepToken: () => {} });
  return {
    services,
    anonymous: callAs(null),
    /** The router as that person calls it here. */
    as: (who: Person): Api => callAs(who.caller),
    [Symbol.asyncDispose]: () => services.close(),
  };
}

export type Process = Awaited<ReturnType<typeof anotherProcess>>;
