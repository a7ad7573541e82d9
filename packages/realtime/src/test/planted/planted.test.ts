import { describeFindings } from '@koreromai/testing';
import { describe, expect, it } from 'vitest';
import { bugs, healthy } from './bugs.ts';
import { runPlanted } from './run.ts';

const seeds = Array.from({ length: 100 }, (_, n) => n + 1);

describe('the lane and the feed, under kills, cut lines and lost answers', () => {
  it('I1-I12: keep every promise in 100 of 100 seeded runs', async () => {
    const total = { acked: 0, deliveries: 0, turns: 0 };
    for (const seed of seeds) {
      const { findings, tally, turns } = await runPlanted(healthy, seed);
      expect(findings.length, `seed ${seed}:\n${describeFindings(findings)}`).toBe(0);
      total.acked += tally.acked;
      total.deliveries += tally.deliveries;
      total.turns += turns;
    }
    expect(total.acked).toBeGreaterThan(seeds.length * 10);
    expect(total.deliveries).toBeGreaterThan(total.acked);
  }, 60_000);
});

describe.each(bugs.map((bug) => [bug.name, bug] as const))('the bug "%s"', (_name, bug) => {
  it('is found by the oracle in at least 99 of 100 seeded runs', async () => {
    const missed: number[] = [];
    for (const seed of seeds) if ((await runPlanted(bug, seed)).findings.length === 0) missed.push(seed);
    expect(missed.length, `missed with seeds ${missed.join(', ')}`).toBeLessThanOrEqual(1);
  }, 60_000);
});
