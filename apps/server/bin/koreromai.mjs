#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { launch } from '../../../scripts/halt.mjs';
import { typescriptNode } from '../../../scripts/node.mjs';
import { run } from '../../../scripts/run.mjs';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

await launch(async () => run([typescriptNode(), main, ...process.argv.slice(2)], { cwd: process.cwd() }));
