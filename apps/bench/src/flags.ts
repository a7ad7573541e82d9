/** As `npm start` gives them to the server. Every peer is run with the same. */
export const flags: readonly string[] = ['--max-semi-space-size=32', '--no-allocation-site-pretenuring'];
