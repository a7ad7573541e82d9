import type { Console } from '@koreromai/api';
import { z } from 'zod';
import { type HandOver, handOverWish } from '../move/hand-over.ts';

/** One command as it goes over the local socket. */
export const asked = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('admin create'), email: z.string().max(1_000), name: z.string().max(1_000) }),
  z.strictObject({ command: z.literal('user list') }),
  z.strictObject({ command: z.literal('user suspend'), person: z.string().max(1_000) }),
  z.strictObject({ command: z.literal('export'), person: z.string().max(1_000) }),
  z.strictObject({ command: z.literal('seed'), users: z.number(), days: z.number() }),
  handOverWish.extend({ command: z.literal('move') }),
]);
export type Asked = z.infer<typeof asked>;

/** What the server answers: lines to print, or why not; before that the pieces of a file, in base64. */
export const answered = z.union([z.object({ piece: z.string() }), z.object({ text: z.string() }), z.object({ sentence: z.string() })]);
export type Answered = z.infer<typeof answered>;

/** Takes a piece of a file, and resolves when there is room for the next. */
export type Take = (piece: Uint8Array) => Promise<void>;

/** Does it, and gives what is to be printed; a file goes to `take`. Rejects with errors whose messages are sentences, or with what nobody expected. */
export async function perform(desk: Console, what: Asked, take: Take, handOver: HandOver = stays): Promise<string> {
  switch (what.command) {
    case 'admin create': {
      const { username, password } = await desk.createAdmin({ email: what.email, name: what.name });
      return `${username} runs this instance now. Sign in with ${what.email} and this password, and set another one then:\n${password}`;
    }
    case 'user list': {
      const people = await desk.people();
      const rows = people.map((p) => [p.username, p.email, p.suspended ? 'suspended' : p.role, p.name]);
      return tabular([['USERNAME', 'E-MAIL', 'ROLE', 'NAME'], ...rows]);
    }
    case 'user suspend':
      return `${(await desk.suspend(what.person)).username} is suspended and signed out everywhere.`;
    case 'export': {
      const { username, zip } = await desk.export(what.person);
      for await (const piece of zip) await take(piece);
      return `This is everything that ${username} can see.`;
    }
    case 'move': {
      const { command, ...wish } = what;
      return handOver(wish);
    }
    case 'seed': {
      const { users, conversations, messages, first, password } = await desk.seed({ users: what.users, days: what.days });
      return `${users} people, ${conversations} conversations and ${messages} messages. Sign in as ${first}@koreromai.example, or as anybody of "user list", with:\n${password}`;
    }
  }
}

const stays: HandOver = () => Promise.reject(new Error('This process keeps its database.'));

function tabular(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
