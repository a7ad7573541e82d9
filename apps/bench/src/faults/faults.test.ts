import { eachDatabase, onMySql } from '@koreromai/testing';
import { expect, it } from 'vitest';
import { killServer } from './f1.ts';
import { killDatabase } from './f2.ts';
import { loseReplies } from './f5.ts';
import { loseRedis } from './f7.ts';
import { loseNode } from './f8.ts';
import { wakeZombie } from './f9.ts';
import { faultsOf, lineOf } from './report.ts';

/** A seed that failed is worth keeping here; otherwise every run takes its own, and prints it. */
const seed = Date.now() % 100_000;
const redis = process.env.TEST_REDIS_URL;

eachDatabase('G1–G6: what was acknowledged is there, once and in order, for everybody entitled', (dialect) => {
  it('F1: after 25 kills of the server under load', async () => {
    const report = await killServer({ dialect, kills: 25, seed });
    console.log(lineOf(report));
    expect(faultsOf(report)).toBe('');
  }, 150_000);

  it('F5: after 150 replies that were lost on the way back', async () => {
    const report = await loseReplies({ dialect, losses: 150, seed });
    console.log(lineOf(report));
    expect(faultsOf(report)).toBe('');
  }, 60_000);
});

onMySql('G5, G8: and with several servers, or another database process than before', () => {
  it.runIf(process.env.CI)(
    'F2: after 2 kills of the database under load',
    async () => {
      const report = await killDatabase({ kills: 2, seed });
      console.log(lineOf(report));
      expect(faultsOf(report)).toBe('');
    },
    150_000,
  );

  it.skipIf(!redis)(
    'F7: after Redis was killed and frozen between two servers',
    async () => {
      const report = await loseRedis({ outages: 2, seed });
      console.log(lineOf(report));
      expect(faultsOf(report)).toBe('');
    },
    150_000,
  );

  it('F9, G6, G7: after one of two servers stood still while people were removed and signed out', async () => {
    const report = await wakeZombie({ each: 4, standing: 2_500, redisUrl: redis });
    console.log(lineOf(report));
    expect(faultsOf(report)).toBe('');
  }, 150_000);

  it('F8: after 3 kills of one of two servers', async () => {
    const report = await loseNode({ how: 'kill', times: 3, seed, redisUrl: redis });
    console.log(lineOf(report));
    expect(faultsOf(report)).toBe('');
  }, 150_000);
});
