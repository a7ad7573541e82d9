import { randomBytes } from 'node:crypto';
import { emailKeyOf, id as idSchema, Refusal, signUpInput, usernameKeyOf } from '@koreromai/contract';
import { accounts, bytesOf, idOf, lookup, newId, type PeoplePlace, peoplePage } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { atTheServer, audit } from '../admin/audit.ts';
import { userGoverned } from '../admin/govern.ts';
import { makeAccount } from '../auth/account.ts';
import { type SeedInput, type Sown, seed } from '../seed/seed.ts';
import type { Services } from '../services.ts';
import { exportOf } from './export.ts';

export interface ListedPerson {
  readonly username: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly suspended: boolean;
}

/** What whoever sits at the server may do without signing in. */
export interface Console {
  /** Makes an account that runs the instance. The password is told once. */
  createAdmin(input: { email: string; name: string }): Promise<{ username: string; password: string }>;
  /** Everybody who has an account, newest first. */
  people(): Promise<ListedPerson[]>;
  /** Shuts somebody out: an e-mail address, @username or id. */
  suspend(person: string): Promise<{ username: string }>;
  /** U8: everything somebody can see now, as a zip in pieces. Written down before it begins. */
  export(person: string): Promise<{ username: string; zip: AsyncGenerator<Uint8Array, void> }>;
  /** Fills an empty instance; the password is everybody's. */
  seed(input: Pick<SeedInput, 'users' | 'days'>): Promise<Sown & { password: string }>;
}

/** Throws Refusal and SeedRefused, whose messages are sentences. */
export function createConsole(services: Services): Console {
  const { read, lane } = services;
  return {
    async createAdmin(input) {
      const password = oneTime();
      const account = await makeAccount(services, signUpInput.parse({ ...input, password }), () => null);
      await lane.change(adminCreated, { userId: idOf(account.id), entryId: newId(services.now()) });
      return { username: account.username, password };
    },
    async people() {
      const all: ListedPerson[] = [];
      let beyond: PeoplePlace | null = null;
      do {
        const page = await peoplePage(read, undefined, beyond, 100);
        all.push(...page.map((row) => ({ ...row, email: row.email ?? '', suspended: row.suspended_at !== null })));
        const last = page.length === 100 ? page.at(-1) : undefined;
        beyond = last ? { by: 'id', after: idOf(last.id) } : null;
      } while (beyond !== null);
      return all.map(({ username, email, name, role, suspended }) => ({ username, email, name, role, suspended }));
    },
    async suspend(person) {
      const [row] = await accounts(read, namedBy(person));
      if (!row) throw new Refusal('NOT_FOUND');
      await lane.change(userGoverned, { act: atTheServer, userId: idOf(row.id), role: undefined, suspended: true });
      return { username: row.username };
    },
    async export(person) {
      const [row] = await accounts(read, namedBy(person));
      if (!row) throw new Refusal('NOT_FOUND');
      return { username: row.username, zip: await exportOf(services, row) };
    },
    async seed(input) {
      const password = oneTime();
      return { ...(await seed(services, { ...input, password })), password };
    },
  };
}

const oneTime = () => randomBytes(12).toString('base64url');

function namedBy(person: string): Parameters<typeof accounts>[1] {
  if (idSchema.safeParse(person).success) return { ids: [person.toLowerCase()] };
  const email = emailKeyOf(person);
  return email === null ? { usernames: [usernameKeyOf(person.replace(/^@/, ''))] } : { emails: [email] };
}

/** Gives the new account its role. Done again it changes nothing. */
const adminCreated = changeKind<{ userId: string; entryId: string }, void>()({
  name: 'admin.created',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    before: lookup(
      'audit',
      ['id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.entryId)]),
    ),
  }),
  facts: (found) => found.before.length > 0,
  decide({ userId, entryId }, before, draft) {
    if (before) return; // a rerun after a lost answer
    draft.update('user', { role: 'admin' }, { id: bytesOf(userId) });
    draft.event({ stream: userId, type: 'me.changed', actor: null });
    audit(draft, atTheServer, { id: entryId, action: 'admin.created', target: userId });
  },
});
