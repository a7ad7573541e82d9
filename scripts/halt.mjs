/** A reason to stop that is told in one sentence instead of a stack trace. */
export class Halt extends Error {
  /** @param {string} sentence @param {number} code the exit code */
  constructor(sentence, code = 1) {
    super(sentence);
    this.code = code;
  }
}

/**
 * Runs a script's main function; what it answers is the exit code.
 * @param {() => Promise<number>} main
 */
export async function launch(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    console.error(error.message);
    process.exitCode = error.code;
  }
}
