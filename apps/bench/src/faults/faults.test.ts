import { eachDatabase, onMySql } from '@koreromai/testing';
import { expect, it } from 'vitest';
import { killServer } from './f1.ts';
import { killDatabase } from './f2.ts';
import { loseReplies } from './f5.ts';
import { loseRedis } from './f7.ts';
import { loseNode } from './f8.ts';
import { wakeZombie } from './f9.ts';
import { faultsOf, lineOf, type Report } from './report.ts';

/** A seed that failed is worth keeping here; otherwise every run takes its own, and prints it. */
const seed = Date.now() % 100_000;
const redisUrl = process.env.TEST_REDIS_URL;

// Short forms: few faults each, of the same kinds and before the same oracle as in `npm run faults`.
async function prove(run: Promise<Report>): Promise<void> {
  const report = await run;
  console.log(lineOf(report));
  expect(faultsOf(report)).toBe('');
}

eachDatabase('G1–G6: what was acknowledged is there, once and in order, for everybody entitled', (dialect) => {
  it('F1: after 5 kills of the server under load', () => prove(killServer({ dialect, kills: 5, seed })));

  it('F5: after 40 replies that were lost on the way back', () => prove(loseReplies({ dialect, losses: 40, seed })));
});

onMySql('G5, G8: and with several servers, or another database process than before', () => {
  it.runIf(process.env.CI)(
    'F2: after 2 kills of the database under load',
    () => prove(killDatabase({ kills: 2, seed, withServer: false })),
    150_000,
  );

  it.skipIf(!redisUrl)(
    'F7: after Redis was killed and frozen between two servers',
    () => prove(loseRedis({ outages: 2, lasting: 2_000, seed })),
    150_000,
  );

  it('F9, G6, G7: after one of two servers stood still while people were removed and signed out', () => {
    return prove(wakeZombie({ each: 4, standing: 2_500, redisUrl }));
  });

  it('F8: after 2 kills of one of two servers', () => prove(loseNode({ how: 'kill', times: 2, seed, redisUrl })));
});
