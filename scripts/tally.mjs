/**
 * @typedef {{ passed: number, failed: number, skipped: number, skippedNames: string[], flakyNames: string[], failedNames: string[] }} Tally
 * @typedef {{ status: string, ancestorTitles: string[], title: string, failureMessages?: string[] }} Assertion
 * @typedef {{ status: string, name: string, assertionResults: Assertion[] }} TestFile
 * @typedef {{ title: string, specs: { title: string, tests: { status: string }[] }[], suites?: Suite[] }} Suite
 */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, skipped: 0, skippedNames: [], flakyNames: [], failedNames: [] };

/** One thing that failed without having tests to count. @type {Tally} */
export const oneFailed = { ...nothing, failed: 1 };

/** @param {Tally[]} tallies @returns {Tally} */
export const sum = (tallies) =>
  tallies.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      skippedNames: [...a.skippedNames, ...b.skippedNames],
      flakyNames: [...a.flakyNames, ...b.flakyNames],
      failedNames: [...a.failedNames, ...b.failedNames],
    }),
    nothing,
  );

/**
 * Counts a Vitest JSON report. A file that broke before it had tests is one failure, and so is an exit code that no test explains.
 * @param {string | null} report null when Vitest wrote none @param {number} exitCode
 */
export function tallyVitest(report, exitCode) {
  if (report === null) return oneFailed;
  /** @type {{ testResults: TestFile[] }} */
  const { testResults } = JSON.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  const skipped = tests.filter((test) => ['skipped', 'pending', 'todo', 'disabled'].includes(test.status));
  const wrong = tests.filter((test) => test.status === 'failed');
  const failed = wrong.length + broken.length;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    skipped: skipped.length,
    skippedNames: [...new Set(skipped.map((test) => test.ancestorTitles[0] || test.title))],
    flakyNames: [],
    failedNames: [...wrong.map(named), ...broken.map((file) => file.name)],
  };
}

/** A test and the first line of what was wrong with it. @param {Assertion} test */
const named = ({ ancestorTitles, title, failureMessages: [what = ''] = [] }) =>
  `${[...ancestorTitles, title].join(' › ')}: ${what.split('\n')[0]?.slice(0, 200)}`;

/** The stories that ended as `status`: 'flaky' passed only when they were told again. @param {Suite[]} suites @param {string} status @returns {string[]} */
const ended = (suites, status) =>
  suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some((test) => test.status === status)).map(({ title }) => title),
    ...ended(inner, status),
  ]);

/**
 * Counts a Playwright JSON report. A story that passed at the second try has passed, and is named.
 * @param {string | null} report null when Playwright wrote none @param {number} exitCode
 */
export function tallyPlaywright(report, exitCode) {
  if (report === null) return oneFailed;
  const { stats, suites = [], errors = [] } = JSON.parse(report);
  const failed = stats.unexpected + errors.length;
  /** @type {Tally} */
  const tally = {
    ...nothing,
    passed: stats.expected + stats.flaky,
    failed,
    skipped: stats.skipped,
    flakyNames: ended(suites, 'flaky'),
    failedNames: ended(suites, 'unexpected'),
  };
  return exitCode === 0 ? tally : { ...tally, failed: Math.max(failed, 1) };
}

/** The line that closes every run. @param {Tally} tally */
export const closingLine = ({ passed, failed, skipped }) =>
  `tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
