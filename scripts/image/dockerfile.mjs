/**
 * @typedef {{ word: string, rest: string }} Instruction
 * @typedef {{ name: string, from: string, instructions: Instruction[] }} Stage
 */

/**
 * The stages of a Dockerfile with their instructions, in order: as much of the syntax as ours uses.
 * @param {string} text
 * @returns {Stage[]}
 * @throws {Error} at an instruction before the first FROM
 */
export function stagesOf(text) {
  const lines = text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  /** @type {Stage[]} */
  const stages = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      stages.push({ name, from, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined || word === '') throw new Error(`The Dockerfile has a line that this does not know: ${line}`);
      stage.instructions.push({ word, rest });
    }
  }
  return stages;
}

/**
 * The arguments of an instruction in the form of a JSON array, or null for one that a shell runs.
 * @param {string} rest
 * @returns {string[] | null}
 */
export const execForm = (rest) => (rest.startsWith('[') ? JSON.parse(rest) : null);

/** `A=1 B=two` as an object. @param {string} rest @returns {Record<string, string>} */
export const settingsIn = (rest) =>
  Object.fromEntries(rest.split(/\s+/).map((pair) => [pair.split('=')[0], pair.split('=').slice(1).join('=')]));
