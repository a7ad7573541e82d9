import { expect, test } from 'vitest';
import { closingLine, nothing, oneFailed, sum, tallyPlaywright, tallyVitest } from './tally.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  name: 'a.test.ts',
  assertionResults: tests.map((each, n) => ({ status: each, ancestorTitles: ['lane on MySQL'], title: `does ${n}` })),
});
const vitest = (...testResults: ReturnType<typeof file>[]) => JSON.stringify({ testResults });
const playwright = (stats: object, errors: object[] = []) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

test('passed, failed and skipped tests are counted, and a skipped suite is named once', () => {
  const report = vitest(
    file('passed', 'passed', 'passed'),
    file('failed', 'passed', 'failed'),
    file('passed', 'skipped', 'pending', 'todo'),
  );
  expect(tallyVitest(report, 1)).toMatchObject({ passed: 3, failed: 1, skipped: 3, skippedNames: ['lane on MySQL'] });
});

test('what failed is named at the end, with the first line of what was wrong', () => {
  const wrong = { ...file('failed', 'failed').assertionResults[0], failureMessages: ['Error: not equal\n    at a.ts:1'] };
  const report = JSON.stringify({ testResults: [{ ...file('failed'), assertionResults: [wrong] }, file('failed')] });
  expect(tallyVitest(report, 1).failedNames).toEqual(['lane on MySQL › does 0: Error: not equal', 'a.test.ts']);
  const suites = [{ specs: [{ title: 'three', tests: [{ status: 'unexpected' }] }] }];
  const told = JSON.stringify({ stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 }, suites });
  expect(tallyPlaywright(told, 1).failedNames).toEqual(['three']);
});

test('a file that broke before its tests is a failure', () => {
  expect(tallyVitest(vitest(file('failed'), file('failed'), file('passed', 'passed')), 1)).toMatchObject({ passed: 1, failed: 2 });
});

test('an exit code that no test explains is a failure, and so is a missing report', () => {
  expect(tallyVitest(vitest(file('passed', 'passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
  expect(tallyVitest(null, 0)).toMatchObject({ failed: 1 });
  expect(tallyPlaywright(playwright({ expected: 2 }), 1)).toMatchObject({ passed: 2, failed: 1 });
  expect(tallyPlaywright(null, 0)).toMatchObject({ failed: 1 });
});

test('stories count by their outcome, and errors outside any story count too', () => {
  const report = playwright({ expected: 4, flaky: 1, unexpected: 2, skipped: 3 }, [{}]);
  expect(tallyPlaywright(report, 1)).toMatchObject({ passed: 5, failed: 3, skipped: 3 });
});

test('a story that passed only at the second try is named, however deep it stands', () => {
  const story = (title: string, status: string) => ({ title, tests: [{ status }] });
  const suites = [{ specs: [story('one', 'expected')], suites: [{ specs: [story('two', 'flaky')] }] }];
  const report = JSON.stringify({ stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 }, suites });
  expect(tallyPlaywright(report, 0)).toMatchObject({ passed: 2, failed: 0, flakyNames: ['two'] });
});

test('the closing line sums every step and leaves out a zero of skipped', () => {
  const tally = sum([{ ...nothing, passed: 2, skipped: 1 }, oneFailed, { ...nothing, passed: 3 }]);
  expect(closingLine(tally)).toBe('tests: 5 passed, 1 failed, 1 skipped');
  expect(closingLine({ ...nothing, passed: 5 })).toBe('tests: 5 passed, 0 failed');
});
