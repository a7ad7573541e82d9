import { bytesOf, idOf, type Row, type Table } from '@koreromai/db';
import type { Letter } from '@koreromai/mail';
import { changeKind } from '@koreromai/realtime';
import { type Dialect, eventually } from '@koreromai/testing';
import { type Out, type Person, startServer } from './server.ts';

type Touch =
  | { readonly do: 'insert'; readonly table: Table; readonly row: Row }
  | { readonly do: 'update'; readonly table: Table; readonly set: Row; readonly where: Row };

/** Writes a row past all rules, for facts whose own feature is not what is tested. */
const touched = changeKind<Touch, void>()({
  name: 'test.touched',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide(input, _facts, draft) {
    if (input.do === 'insert') draft.insert(input.table, input.row as never, { set: Object.keys(input.row) });
    else draft.update(input.table, input.set as never, input.where as never);
  },
});

const minute = 60_000;

/** A server whose clock stands still until it is moved, and whose letters come to a table. */
export async function createMailroom(dialect: Dialect, options: { send?: (letter: Letter) => Promise<void> } = {}) {
  const clock = { now: Date.UTC(2026, 10, 21, 3, 0, 0) };
  const letters: Letter[] = [];
  let gate = 0;
  const send = options.send ?? (async (letter: Letter) => void letters.push(letter));
  const server = await startServer({
    dialect,
    serve: {
      now: () => clock.now,
      mail: { transport: { send }, every: 10, gateClock: async () => (gate += 1_000) }, // always open: the gate has its own tests
    },
  });
  const { lane, read } = server.services;
  return {
    ...server,
    clock,
    letters,
    /** Everybody has been away for six minutes. */
    leaveAlone: () => void (clock.now += 6 * minute),
    /** The seconds that a mail waits for more to tell. */
    gather: () => void (clock.now += 10_000),
    post: (by: Person, conversationId: string, text = 'Kia ora') =>
      server.ok<Out['messages']['post']>('messages.post', { id: crypto.randomUUID(), conversationId, text }, by),
    touch: (touch: Touch) => lane.change(touched, touch),
    /** The outbox once the follower has read everything. */
    async outbox() {
      await server.services.caughtUp();
      const rows = await read.selectFrom('mail').selectAll().orderBy('created_at').execute();
      return rows.map((r) => ({
        to: r.email,
        state: r.state,
        why: r.last_error,
        id: idOf(r.id),
        runAfter: Number(r.run_after),
        data: r.data,
      }));
    },
    /** The letters that came, once there are as many and the outbox knows of each, so that a clock moved afterwards is not the time it was sent. */
    async sent(count: number): Promise<Letter[]> {
      await server.services.caughtUp();
      await eventually(`${count} letters, not ${letters.length}`, async () => {
        const rows = await read.selectFrom('mail').select('id').where('state', '=', 'sent').execute();
        return Math.min(letters.length, rows.length) >= count;
      });
      return letters;
    },
    /** What became of the only mail, once it is no longer queued. */
    async fate() {
      await server.services.caughtUp();
      return eventually('a decision', async () => {
        const rows = await read.selectFrom('mail').select(['state', 'last_error', 'sent_at']).execute();
        return rows.length > 0 && rows.every((r) => r.state !== 'queued' || r.last_error !== null) && rows.at(-1);
      });
    },
    mute: (who: Person, conversationId: string, set: { notify?: string; muted_until?: number }) =>
      lane.change(touched, {
        do: 'insert',
        table: 'member_state',
        row: { user_id: bytesOf(who.id), conversation_id: bytesOf(conversationId), ...set },
      }),
    block: (who: Person, whom: Person) =>
      lane.change(touched, {
        do: 'insert',
        table: 'block',
        row: { blocker_id: bytesOf(who.id), blocked_id: bytesOf(whom.id), created_at: clock.now },
      }),
    /** Read without being here. */
    read: (who: Person, conversationId: string, seq: number) =>
      lane.change(touched, {
        do: 'insert',
        table: 'member_state',
        row: { user_id: bytesOf(who.id), conversation_id: bytesOf(conversationId), last_read_seq: seq },
      }),
    /** Deleted for everyone. */
    deleted: (conversationId: string, messageId: string) =>
      lane.change(touched, {
        do: 'update',
        table: 'message',
        set: { deleted_at: clock.now, text: null },
        where: { conversation_id: bytesOf(conversationId), id: bytesOf(messageId) },
      }),
    gone: (who: Person, column: 'deleted_at' | 'suspended_at') =>
      lane.change(touched, { do: 'update', table: 'user', set: { [column]: clock.now }, where: { id: bytesOf(who.id) } }),
    mails: (who: Person, mails: number) =>
      lane.change(touched, { do: 'update', table: 'user', set: { mails }, where: { id: bytesOf(who.id) } }),
  };
}

export type Mailroom = Awaited<ReturnType<typeof createMailroom>>;
