import { parseArgs } from 'node:util';
import type { Dialect } from '@koreromai/testing';
import { killServer } from './f1.ts';
import { killDatabase } from './f2.ts';
import { loseReplies } from './f5.ts';
import { loseRedis } from './f7.ts';
import { loseNode } from './f8.ts';
import { wakeZombie } from './f9.ts';
import { faultsOf, lineOf, type Report } from './report.ts';

const usage = `npm run faults [-- F1 F2 F5 F7 F8 F9 F22] [--kills 50] [--losses 1000] [--db sqlite|mysql] [--seed 1]
F1 kills the server, F2 the database (one of its own: .ci/mysql), F5 loses replies, F7 kills and freezes Redis (one of its own) between two
servers, F8 kills one of two servers, F9 stops one for a minute,
F22 restarts them by turns; these three with Redis where TEST_REDIS_URL names one. MySQL is otherwise the server at TEST_MYSQL_URL.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '50' },
    losses: { type: 'string', default: '1000' },
    db: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    help: { type: 'boolean', default: false },
  },
});

const [kills, losses, seed] = [Number(values.kills), Number(values.losses), Number(values.seed)];
const scenarios: Record<string, (dialect: Dialect) => Promise<Report>> = {
  F1: (dialect) => killServer({ dialect, kills, seed }),
  F2: () => killDatabase({ kills, seed }),
  F5: (dialect) => loseReplies({ dialect, losses, seed }),
  F7: () => loseRedis({ outages: kills, seed }),
  F8: () => loseNode({ how: 'kill', times: kills, seed, redisUrl: process.env.TEST_REDIS_URL }),
  F9: () => wakeZombie({ each: kills, standing: 60_000, redisUrl: process.env.TEST_REDIS_URL }),
  F22: () => loseNode({ how: 'drain', times: kills, seed, redisUrl: process.env.TEST_REDIS_URL }),
};
/** Several processes share a MySQL, and F2 kills one. */
const onMySqlAlone = new Set(['F2', 'F7', 'F8', 'F9', 'F22']);
const chosen = positionals.length > 0 ? positionals.map((name) => name.toUpperCase()) : Object.keys(scenarios);
const dialects = values.db ? [values.db] : process.env.TEST_MYSQL_URL ? ['sqlite', 'mysql'] : ['sqlite'];
const known = dialects.every((d) => d === 'sqlite' || d === 'mysql') && chosen.every((name) => scenarios[name]);

if (values.help || !known) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
let failed = false;
const without = dialects.includes('mysql') ? [] : chosen.filter((name) => onMySqlAlone.has(name));
if (without.length > 0) {
  console.log(`Left out without TEST_MYSQL_URL: ${without.join(', ')}.`);
  failed = positionals.length > 0;
}
for (const name of chosen) {
  for (const dialect of onMySqlAlone.has(name) ? dialects.filter((d) => d === 'mysql') : dialects) {
    const report = await scenarios[name]?.(dialect as Dialect);
    if (!report) continue;
    console.log(lineOf(report));
    const faults = faultsOf(report);
    if (faults !== '') console.log(faults);
    failed ||= faults !== '';
  }
}
process.exit(failed ? 1 : 0);
