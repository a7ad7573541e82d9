import { parseArgs } from 'node:util';
import type { Dialect } from '@koreromai/testing';
import { killServer } from './f1.ts';
import { killDatabase } from './f2.ts';
import { loseReplies } from './f5.ts';
import { loseCommits } from './f6.ts';
import { loseRedis } from './f7.ts';
import { loseNode } from './f8.ts';
import { wakeZombie } from './f9.ts';
import { partition } from './f10.ts';
import { fillDisk } from './f12.ts';
import { stopReading } from './f17.ts';
import { goDark } from './f18.ts';
import { faultsOf, lineOf, type Report } from './report.ts';
import { connectAll, reconnectAll } from './storm.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '50' },
    losses: { type: 'string', default: '1000' },
    people: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    db: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    help: { type: 'boolean', default: false },
  },
});

const [kills, losses, people, seed] = [values.kills, values.losses, values.people, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];
const lasting = Number(values.seconds) * 1_000;
const redisUrl = process.env.TEST_REDIS_URL;

interface Scenario {
  readonly what: string;
  /** Several processes share a MySQL, or what fails is MySQL; or a file that fills a disk. */
  readonly on?: Dialect;
  readonly run: (dialect: Dialect) => Promise<Report>;
}

const scenarios: Record<string, Scenario> = {
  F1: { what: 'kills the server', run: (dialect) => killServer({ dialect, kills, seed }) },
  F2: { what: 'kills MySQL (one of its own)', on: 'mysql', run: () => killDatabase({ kills, seed, withServer: false }) },
  F3: { what: 'kills both in the same moment', on: 'mysql', run: () => killDatabase({ kills, seed, withServer: true }) },
  F5: { what: 'loses replies on the way to clients', run: (dialect) => loseReplies({ dialect, losses, seed }) },
  F6: { what: 'loses MySQL’s answers to COMMIT', on: 'mysql', run: () => loseCommits({ losses, seed }) },
  F7: {
    what: 'kills and freezes Redis (one of its own) between two servers',
    on: 'mysql',
    run: () => loseRedis({ outages: kills, lasting: 2_500, seed }),
  },
  F8: { what: 'kills one of two servers', on: 'mysql', run: () => loseNode({ how: 'kill', times: kills, seed, redisUrl }) },
  F9: { what: 'stops one of two servers', on: 'mysql', run: () => wakeZombie({ each: kills, standing: lasting, redisUrl }) },
  F10: { what: 'cuts one of two servers off from Redis, then MySQL', on: 'mysql', run: () => partition({ rounds: 1, lasting, seed }) },
  F12: { what: 'fills the disk of the data (as root)', on: 'sqlite', run: () => fillDisk({ rounds: Math.ceil(kills / 5), seed }) },
  F14: { what: 'connects ten thousand people', run: (dialect) => connectAll({ dialect, people }) },
  F15: { what: 'kills their server', run: (dialect) => reconnectAll({ dialect, people }) },
  F17: { what: 'stops 200 devices from reading', run: (dialect) => stopReading({ dialect, paused: 200, lasting }) },
  F18: { what: 'darkens the line of 1,000 devices', run: (dialect) => goDark({ dialect, sockets: 1_000 }) },
  F22: { what: 'restarts two servers by turns', on: 'mysql', run: () => loseNode({ how: 'drain', times: kills, seed, redisUrl }) },
};

const usage = `npm run faults [-- F1 F7 …] [--kills 50] [--losses 1000] [--people 10000] [--seconds 60] [--db sqlite|mysql] [--seed 1]
${Object.entries(scenarios)
  .map(([name, { what }]) => `  ${name.padEnd(4)}${what}`)
  .join('\n')}
MySQL is the server at TEST_MYSQL_URL; F8, F9 and F22 use the Redis at TEST_REDIS_URL where it names one.`;

const chosen = positionals.length > 0 ? positionals.map((name) => name.toUpperCase()) : Object.keys(scenarios);
const dialects: string[] = values.db ? [values.db] : process.env.TEST_MYSQL_URL ? ['sqlite', 'mysql'] : ['sqlite'];
const known = dialects.every((d) => d === 'sqlite' || d === 'mysql') && chosen.every((name) => scenarios[name]);

if (values.help || !known) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
let failed = false;
const without = chosen.filter((name) => {
  const on = scenarios[name]?.on;
  return on !== undefined && !dialects.includes(on);
});
if (without.length > 0) {
  console.log(`Left out, because their database is not chosen or TEST_MYSQL_URL is not set: ${without.join(', ')}.`);
  failed = positionals.length > 0;
}
for (const name of chosen) {
  const { on, run } = scenarios[name] ?? {};
  for (const dialect of dialects.filter((d) => on === undefined || d === on)) {
    const report = await run?.(dialect as Dialect);
    if (!report) continue;
    console.log(lineOf(report));
    const faults = faultsOf(report);
    if (faults !== '') console.log(faults);
    failed ||= faults !== '';
  }
}
process.exit(failed ? 1 : 0);
