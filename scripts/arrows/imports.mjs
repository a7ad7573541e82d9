const strings = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/;
const stringsAndComments = new RegExp(`(${strings.source})|\\/\\/[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/`, 'g');

/** Source without its comments: a path in quotes may look like the start of one, so strings are stepped over. @param {string} source */
export const withoutComments = (source) => source.replace(stringsAndComments, (_, text) => text ?? '');

const statements = /(?:^|[;}\n])\s*(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s+from\s*)?(['"])([^'"\n]+)\2/g;
const calls = /(typeof\s+)?\b(?:import|require|vi\.(?:mock|doMock|importActual))\s*(?:<typeof import\([^)]*\)>)?\(\s*(['"])([^'"\n]+)\2/g;

/**
 * Every module that a source file names. `type` is true where nothing is left of the import at run time.
 * @param {string} source
 * @returns {{ specifier: string, type: boolean }[]}
 */
export function importsIn(source) {
  const code = withoutComments(source);
  return [statements, calls].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => ({ specifier: match[3] ?? '', type: match[1] !== undefined })),
  );
}
