import { BaseSequencer } from 'vitest/node';

/** The files that take longest, the longest first. Only the order of the run hangs on this: a name that is gone does no harm. */
const longest = [
  'apps/server/src/test/matrix/matrix.test.ts',
  'packages/api/src/messages/races.test.ts',
  'apps/bench/src/faults/faults.test.ts',
  'apps/server/src/move/move.test.ts',
  'apps/server/src/backup/backup.test.ts',
  'apps/server/src/rest/parity.test.ts',
  'packages/mail/src/rate.test.ts',
  'packages/realtime/src/test/planted/planted.test.ts',
  'apps/server/src/cli/cli.test.ts',
  'apps/server/src/tail/tail.test.ts',
  'apps/server/src/inputs.test.ts',
  'apps/server/src/verify-change.test.ts',
  'apps/server/src/killed.test.ts',
  'apps/server/src/hub/subscriptions.test.ts',
  'apps/server/src/sign-in.test.ts',
  'packages/api/src/search/search.property.test.ts',
  'apps/server/src/hub/slow.test.ts',
];

/** A fresh clone has no memory of how long each file took, and a long one that begins last keeps one core waiting for it. */
export class LongestFirst extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const sorted = await super.sort(files);
    const place = (/** @type {import('vitest/node').TestSpecification} */ file) =>
      longest.findIndex((name) => file.moduleId.endsWith(name)) + 1 || longest.length + 1;
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
