/**
 * How many times longer than promised something may take in a test: one, and four under CI.
 * The promises of time are made for two cores that do nothing else. A machine of CI is shared; what counts there is that nothing hangs.
 */
export const patience = process.env.CI === 'true' ? 4 : 1;
