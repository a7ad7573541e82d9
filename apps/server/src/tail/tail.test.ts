import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachDatabase, freshDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call } from '../test/http.ts';
import { koreromai } from '../test/koreromai.ts';
import { folder, freePort, serving, startChild } from '../test/process.ts';
import { startTalk } from '../test/talk.ts';

interface Line {
  readonly place: string;
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly text?: string;
}
const linesIn = (out: string): Line[] => out.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Line)));

eachDatabase('koreromai tail', (dialect) => {
  test('it tells every event once and in order beside a running server, and goes on where it was', async () => {
    using data = folder();
    await using database = await freshDatabase(dialect);
    const env = { DATA_DIR: data.path, DATABASE_URL: database.url, RATE_LIMITS: 'off', PORT: String(await freePort()) };
    const nothing = await koreromai(env, 'tail', '--json', '--once');
    expect([nothing.code, nothing.out, nothing.err.trim().split('\n').length]).toEqual([1, '', 1]);
    await using child = startChild(env);
    await serving(child);
    await using talk = await startTalk(child.url, 3, 60);
    const state = join(data.path, 'place');
    const told: Line[] = [];
    for (let round = 0; round < 4; round++) {
      const { code, out, err } = await koreromai(env, 'tail', '--json', '--once', '--state', state);
      expect([code, err]).toEqual([0, '']);
      told.push(...linesIn(out));
    }
    await talk.stop();
    const rest = await koreromai(env, 'tail', '--json', '--once', '--state', state);
    told.push(...linesIn(rest.out));
    expect(rest.out).not.toContain('kōrero');
    const all = linesIn((await koreromai(env, 'tail', '--json', '--once', '--texts')).out);
    process.stdout.write(`tail [${dialect}]: ${told.length} lines in 5 parts, ${all.length} in one\n`);
    expect(told).toEqual(all.map(({ text: _, ...line }) => line));
    const said = all.filter(({ type, stream }) => type === 'message.created' && stream === talk.room);
    expect(said.map(({ text }) => text).toSorted()).toEqual(talk.acked.map(({ text }) => text).toSorted());
    for (const [i, line] of said.slice(1).entries()) expect(line.seq).toBeGreaterThan(said[i]?.seq ?? 0);

    const half = all[Math.floor(all.length / 2)];
    const after = await koreromai(env, 'tail', '--json', '--once', '--texts', '--after', half?.place ?? '');
    expect(linesIn(after.out)).toEqual(all.slice(Math.floor(all.length / 2) + 1));
    const wrong = await koreromai(env, 'tail', '--json', '--once', '--after', 'no place');
    expect([wrong.code, wrong.out, wrong.err]).toEqual([1, '', 'That is no place in this log: take the "place" of a line.\n']);
    expect(readFileSync(state, 'utf8').trim()).toBe(all.at(-1)?.place);

    const gone = await call(child.url, 'messages.delete', { messageId: talk.acked[0]?.id }, { token: talk.owner.token });
    if (gone.code === null) {
      const now = await koreromai(env, 'tail', '--json', '--once', '--texts');
      expect(now.out).not.toContain(JSON.stringify(talk.acked[0]?.text)); // G10
    }
    writeFileSync(state, 'nonsense');
    expect((await koreromai(env, 'tail', '--json', '--once', '--state', state)).code).toBe(1);
  });
});
