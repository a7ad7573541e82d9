import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { execForm, settingsIn, stagesOf } from './image/dockerfile.mjs';

const dockerfile = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');

test('R101: the rehearsal reads the Dockerfile as its three stages, and knows every instruction in it', () => {
  const stages = stagesOf(dockerfile);
  expect(stages.map(({ name, from }) => `${name} of ${from}`)).toEqual([
    'whole of node:24-bookworm-slim',
    'lean of whole',
    'app of node:24-bookworm-slim',
  ]);
  const known = ['RUN', 'COPY', 'USER', 'ENV', 'CMD', 'HEALTHCHECK', 'WORKDIR', 'EXPOSE', 'VOLUME', 'STOPSIGNAL'];
  const words = stages.flatMap(({ instructions }) => instructions.map(({ word }) => word));
  expect(words.filter((word) => !known.includes(word))).toEqual([]);
  expect(words.length).toBe(dockerfile.split('\n').filter((line) => /^[A-Z]+ /.test(line) && !line.startsWith('FROM ')).length);
  const health = stages.at(-1)?.instructions.find(({ word }) => word === 'HEALTHCHECK')?.rest ?? '';
  expect(execForm(health.slice(health.indexOf('CMD ') + 4))?.slice(0, 2)).toEqual(['node', '-e']);
});

test('settings and commands are read as Docker reads them', () => {
  expect(settingsIn('NODE_ENV=production HOST=0.0.0.0')).toEqual({ NODE_ENV: 'production', HOST: '0.0.0.0' });
  expect(execForm('npm run build')).toBeNull();
  expect(() => stagesOf('RUN before any stage')).toThrow('RUN before any stage');
});
