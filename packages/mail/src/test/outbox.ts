import { bytesOf, type Db, mailRow, newId } from '@koreromai/db';
import { changeKind, createLane, type Lane } from '@koreromai/realtime';
import { type Dialect, freshDatabase } from '@koreromai/testing';

interface Queued {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
}

/** A person and a notice to them. */
const queued = changeKind<Queued, void>()({
  name: 'test.queued',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide(input, _facts, draft) {
    const person = { id: bytesOf(input.userId), username: input.userId, email: input.email, name: 'Hana', password_hash: 'x' };
    draft.insert('user', { ...person, created_at: draft.now }, 'ignore');
    draft.insert('mail', mailRow({ ...input, kind: 'notice', data: { title: 'Pānui', lines: ['Kia ora.'] } }, draft.now));
  },
});

/** A fresh database with lanes over it, and notices queued in it. Its clock is real unless one is given. */
export async function createOutbox(dialect: Dialect, now: () => number = Date.now) {
  const database = await freshDatabase(dialect);
  const db: Db = await database.open();
  const lanes: Lane[] = [];
  const faults: unknown[] = [];
  const lane = () => {
    const made = createLane({ engine: db.engine(), publish: () => {}, now, onFault: (error) => void faults.push(error) });
    lanes.push(made);
    return made;
  };
  const own = lane();
  return {
    url: database.url,
    db,
    faults,
    lane,
    own,
    async queue(count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId(now()));
      await Promise.all(ids.map((id, i) => own.change(queued, { id, userId: newId(now()), email: `person${i}@example.nz` })));
      return ids;
    },
    rows: () => db.read.selectFrom('mail').selectAll().orderBy('email').orderBy('id').execute(),
    gate: () => db.read.selectFrom('mail_gate').selectAll().executeTakeFirstOrThrow(),
    async [Symbol.asyncDispose]() {
      for (const one of lanes) await one.close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
