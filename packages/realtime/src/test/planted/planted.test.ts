import { describeFindings } from '@koreromai/testing';
import { describe, expect, it } from 'vitest';
import { bugs, healthy } from './bugs.ts';
import { runPlanted } from './run.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
const seeds = upTo(100);
/** The same seeds give the same runs, so a part of the hundred is enough to see that a bug is still found; PLANTED_RUNS=100 runs them all. */
const tries = upTo(Number(process.env.PLANTED_RUNS ?? 25));

it('there are bugs enough to tell what the oracle is worth', () => {
  expect(new Set(bugs.map((bug) => bug.name)).size).toBeGreaterThanOrEqual(15);
});

describe('the lane and the feed, under kills, cut lines and lost answers', () => {
  it.each(healthy)('I1-I12: keep every promise in 100 of 100 seeded runs ($name)', async (bug) => {
    const total = { acked: 0, deliveries: 0, turns: 0 };
    for (const seed of seeds) {
      const { findings, tally, turns } = await runPlanted(bug, seed);
      expect(findings.length, `seed ${seed}:\n${describeFindings(findings)}`).toBe(0);
      total.acked += tally.acked;
      total.deliveries += tally.deliveries;
      total.turns += turns;
    }
    expect(total.acked).toBeGreaterThan(seeds.length * 10);
    expect(total.deliveries).toBeGreaterThan(total.acked);
  });
});

describe.each(bugs.map((bug) => [bug.name, bug] as const))('the bug "%s"', (_name, bug) => {
  it(`is found by the oracle in at least 99 of 100 seeded runs (${tries.length} of them here)`, async () => {
    const missed: number[] = [];
    for (const seed of tries) if ((await runPlanted(bug, seed)).findings.length === 0) missed.push(seed);
    expect(missed.length, `missed with seeds ${missed.join(', ')}`).toBeLessThanOrEqual(Math.floor(tries.length / 100));
  });
});
