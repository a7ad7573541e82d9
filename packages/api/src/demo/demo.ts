import { id as idSchema, Refusal, usernameKeyOf } from '@koreromai/contract';
import { accounts, credentialsById, idOf, newId, peoplePage } from '@koreromai/db';
import { sessionOpened } from '../auth/changes.ts';
import type { Sessions } from '../auth/sessions.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { createConsole } from '../console/console.ts';
import type { Caller } from '../context.ts';
import { SeedRefused } from '../seed/refused.ts';
import type { Sown } from '../seed/seed.ts';
import type { Services } from '../services.ts';

/** Lets whoever tries the product act as anybody in it, without a password (K3). Only for a server that nobody else can reach. */
export interface Demo {
  /** Fills an instance without any account; gives what was sown and everybody's password, or null where somebody is already. */
  seed(): Promise<(Sown & { password: string }) | null>;
  /** The person named by username, with or without @, or by id, in a session of their own; null for nobody, and for who is suspended. */
  authenticate(person: string, onRevoked?: () => void): Promise<Caller | null>;
}

/** Enough to fill each kind of list, and sown in a few seconds. */
const size = { users: 16, days: 30 };

export function createDemo(services: Services, sessions: Sessions): Demo {
  const { read, lane, now } = services;
  const tokens = new Map<string, Promise<string | null>>();

  /** K3: identity is always a session, so that suspending, signing out and the list of devices work as for everybody. */
  async function open(userId: string): Promise<string | null> {
    const found = await credentialsById(read, userId);
    if (!found) return null;
    const token = newToken();
    const session = { id: newId(now()), userId, tokenHash: hashToken(token), userAgent: 'X-Demo-User', address: 'demo' };
    try {
      await lane.change(sessionOpened, { session, verified: found.password_hash, renewed: null });
    } catch (error) {
      if (error instanceof Refusal) return null; // suspended, or their password was set anew at this moment
      throw error;
    }
    return token;
  }

  function opened(userId: string): Promise<string | null> {
    const token = open(userId);
    tokens.set(userId, token);
    token.catch(() => tokens.delete(userId)); // told to whoever waits for it
    return token;
  }

  return {
    async seed() {
      const somebody = await peoplePage(read, undefined, null, 1);
      if (somebody.length > 0) return null;
      try {
        return await createConsole(services).seed(size);
      } catch (error) {
        if (error instanceof SeedRefused) return null; // who talked here has gone
        throw error;
      }
    },
    async authenticate(person, onRevoked) {
      const named = idSchema.safeParse(person).success
        ? { ids: [person.toLowerCase()] }
        : { usernames: [usernameKeyOf(person.replace(/^@/, ''))] };
      const [row] = await accounts(read, named);
      if (!row) return null;
      const userId = idOf(row.id);
      const token = await (tokens.get(userId) ?? opened(userId));
      const caller = token === null ? null : await sessions.authenticate(token, onRevoked);
      if (caller !== null) return caller;
      const anew = await opened(userId); // signed out, too old, or suspended until now
      return anew === null ? null : sessions.authenticate(anew, onRevoked);
    },
  };
}
