import { eachDatabase } from '@koreromai/testing';
import { expect, it } from 'vitest';
import { killServer } from './f1.ts';
import { loseReplies } from './f5.ts';
import { faultsOf, lineOf } from './report.ts';

/** A seed that failed is worth keeping here; otherwise every run takes its own, and prints it. */
const seed = Date.now() % 100_000;

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
