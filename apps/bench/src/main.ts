import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analytics } from './analytics/analytics.ts';
import { crowd } from './crowd/crowd.ts';
import type { Place } from './databases.ts';
import { fanout } from './fanout/fanout.ts';
import { describeMachine } from './machine.ts';
import { pages } from './pages/pages.ts';
import { postsAgainst } from './posts/against.ts';
import { posts } from './posts/posts.ts';
import { search } from './search/search.ts';
import { holds, type Row, render } from './table.ts';
import { upgrade } from './upgrade/upgrade.ts';

const scenarios: Record<string, (place: Place) => Promise<Row[]>> = { posts, pages, analytics, search, fanout, crowd, upgrade };
const results = fileURLToPath(new URL('../RESULTS.md', import.meta.url));
const args = process.argv.slice(2);
const at = args.indexOf('--against');
const [, other] = at < 0 ? [] : args.splice(at, 2);
if (other !== undefined) scenarios.posts = (place) => postsAgainst(place, resolve(other));
const onAt = args.indexOf('--on');
const [, on] = onAt < 0 ? [] : args.splice(onAt, 2);
const names = args.filter((a) => !a.startsWith('-'));

const unknown = args.filter((a) => a !== '--write' && !(a in scenarios));
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')}: npm run bench [-- ${Object.keys(scenarios).join(' | ')}] [--on sqlite | mysql] [--write] [--against <another checkout>]`,
  );
  process.exit(2);
}

const mysql = process.env.TEST_MYSQL_URL || null;
const places: Place[] = [{ kind: 'sqlite' }, ...(mysql ? [{ kind: 'mysql' as const, server: mysql }] : [])];
const machine = await describeMachine(mysql);
for (const line of machine) console.log(line);
if (!mysql)
  console.log(
    'TEST_MYSQL_URL is not set, so the rows of MySQL are skipped: posts [mysql] · pages [mysql] · analytics [mysql] · search [mysql] · fanout [mysql] · crowd [mysql] · upgrade [mysql]',
  );

const rows: Row[] = [];
for (const [name, scenario] of Object.entries(scenarios)) {
  if (names.length > 0 && !names.includes(name)) continue;
  for (const place of places.filter(({ kind }) => on === undefined || kind === on)) {
    const started = Date.now();
    rows.push(...(await scenario(place)));
    console.log(`${name} [${place.kind}] took ${Math.round((Date.now() - started) / 1_000)} s`);
  }
}

const table = render(rows);
console.log(`\n${table}\n`);
if (args.includes('--write')) writeFileSync(results, document());
const below = rows.filter((row) => !holds(row));
const missing = !mysql && on !== 'sqlite' && process.env.CI === 'true';
if (missing) console.log('Under CI both databases are measured: set TEST_MYSQL_URL.');
const gates = rows.filter((row) => row.gate).length;
const held = gates === 0 ? 'There was no gate to hold.' : 'Every gate holds.';
console.log(below.length === 0 ? held : `${below.length} of ${gates} gates do not hold.`);
process.exitCode = below.length > 0 || missing ? 1 : 0;

function document(): string {
  const command = ['npm run bench', '--', ...args].join(' ');
  return `# What a run of the bench printed

Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}; the figures are as printed. Compare the ratios: both sides of each were measured in turns in the
same run, so what disturbs the machine disturbs both. The rates are those of this machine alone, its load included.

${machine.map((line) => `- ${line}`).join('\n')}

${table}

Posts: 50 closed-loop posters, 120 bytes, 4,000 conversations of three to seven of these 50 people, drawn by Zipf's law (s = 1);
medians of three runs of 6 s after one of 3 s, ± half the distance from the lowest to the highest. The bare INSERT checks nothing and keeps no log.
The server, its load and the database share the machine. Pages: a conversation of 500,000 messages, older than 500,000 others; 400 reads each.
Fan-out: one room with 1,000 subscribers, 120 bytes of text in the event that the product tells, 8 messages on their way at a time; every
server in a process of its own with the same settings, only ours signs people in, judges what each may see and stores.
Analytics: one account in 200 chats with 5,000,000 messages of a year; ranges begin at midnight in Auckland, ragged ones anywhere.
`;
}
