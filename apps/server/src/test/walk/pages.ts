import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsIn } from '../commands.ts';
import { home } from './shell.ts';

/** Every page that tells somebody what to type. */
export const pages: readonly string[] = globSync(
  ['*.md', 'docs/*.md', 'docs/decisions/*.md', 'packages/*/README.md', 'examples/*/README.md', 'infra/README.md'],
  { cwd: home },
);

export const textOf = (page: string): string => readFileSync(join(home, page), 'utf8');

export const commands = pages.flatMap((page) => commandsIn(textOf(page)).map((command) => ({ page, command })));
