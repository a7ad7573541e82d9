import { parseArgs } from 'node:util';
import type { Dialect } from '@koreromai/testing';
import { killServer } from './f1.ts';
import { loseReplies } from './f5.ts';
import { faultsOf, lineOf, type Report } from './report.ts';

const usage = `npm run faults [-- F1|F5] [--kills 50] [--losses 1000] [--db sqlite|mysql] [--seed 1]
MySQL is the server at TEST_MYSQL_URL.`;

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

const scenarios: Record<string, (dialect: Dialect) => Promise<Report>> = {
  F1: (dialect) => killServer({ dialect, kills: Number(values.kills), seed: Number(values.seed) }),
  F5: (dialect) => loseReplies({ dialect, losses: Number(values.losses), seed: Number(values.seed) }),
};
const chosen = positionals.length > 0 ? positionals.map((name) => name.toUpperCase()) : Object.keys(scenarios);
const dialects = values.db ? [values.db] : process.env.TEST_MYSQL_URL ? ['sqlite', 'mysql'] : ['sqlite'];
const known = dialects.every((d) => d === 'sqlite' || d === 'mysql') && chosen.every((name) => scenarios[name]);

if (values.help || !known) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
let failed = false;
for (const name of chosen) {
  for (const dialect of dialects) {
    const report = await scenarios[name]?.(dialect as Dialect);
    if (!report) continue;
    console.log(lineOf(report));
    const faults = faultsOf(report);
    if (faults !== '') console.log(faults);
    failed ||= faults !== '';
  }
}
process.exit(failed ? 1 : 0);
