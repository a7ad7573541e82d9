import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './env/env.ts';
import { variables } from './env/variables.ts';
import { createMetrics } from './metrics/metrics.ts';
import { isEnvironment, namedCommands } from './test/commands.ts';
import { koreromai } from './test/koreromai.ts';
import { commands, pages, textOf } from './test/walk/pages.ts';
import { home } from './test/walk/shell.ts';

const settings = Object.keys(variables.shape);

test('R109: every command in README and docs names scripts, files, settings and flags that exist', async () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'));
  const benches = /scenarios: .*= \{(.*)\}/.exec(textOf('apps/bench/src/main.ts'))?.[1]?.match(/\w+/g);
  const helps = new Map<string, Promise<string>>();
  const help = (name: string) => {
    const asked = helps.get(name) ?? koreromai({}, ...name.split(' '), '--help').then(({ out }) => out);
    helps.set(name, asked);
    return asked;
  };
  const wrong: string[] = [];
  let known = 0;
  for (const { page, command } of commands) {
    const said = (what: string) => wrong.push(`${page}: ${command}: ${what}`);
    const words = command.split(/\s+/);
    while (words[0] === 'sudo' || isEnvironment(words[0])) {
      const [name = ''] = (words.shift() ?? '').split('=');
      if (name !== 'sudo' && !settings.includes(name) && !/^TEST_|^CI$|^MYSQL_PASSWORD$/.test(name)) said(`${name} is no setting`);
    }
    const line = words.join(' ');
    const [, script, rest = ''] = /^npm (?:run )?([\w:-]+)(.*)$/.exec(line) ?? [];
    const [, asked = ''] = /(?:npx|^) ?koreromai (.+)$/.exec(line) ?? [];
    const [, file] = /^(?:node|bash) (\S+)/.exec(line) ?? [];
    if (asked) {
      const [name = '', sub = ''] = asked.split(' ');
      const path = /^(admin|user)$/.test(name) ? `${name} ${sub}` : name;
      const text = name.startsWith('-') ? await help('') : await help(path);
      for (const flag of asked.match(/(?<= )--[a-z]+|^--[a-z]+/g) ?? [])
        if (!text.split(/[\s,]+/).includes(flag)) said(`koreromai ${path} knows no ${flag}`);
      if (!text.startsWith('Usage: koreromai')) said(`koreromai has no ${path}`);
    } else if (script !== undefined && (line.startsWith('npm run ') || !/^(ci|pack|audit|install)$/.test(script))) {
      if (!/ -w /.test(rest) && !(script in scripts)) said(`there is no script ${script}`);
      const [bench] = /^ -- ([a-z]+)/.exec(rest)?.slice(1) ?? [];
      if (script === 'bench' && bench !== undefined && !benches?.includes(bench)) said(`there is no bench ${bench}`);
      if (script === 'start' && rest.startsWith(' -- ')) readSettings({}, rest.slice(4).split(' '));
    } else if (file !== undefined) {
      if (!/^(bot\.js)$/.test(file) && !existsSync(join(home, file))) said(`there is no ${file}`);
    } else if (!namedCommands.some((form) => form.test(line))) said('nobody knows what this is: teach this test, or take it out');
    known++;
  }
  expect(wrong).toEqual([]);
  expect(known).toBeGreaterThan(60);
  expect(helps.size).toBeGreaterThanOrEqual(9);
});

test('R109: every place that a page of ours links to is there', () => {
  const wrong: string[] = [];
  for (const page of pages)
    for (const [, to = ''] of textOf(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = to.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      const heads = anchor === undefined ? [] : [...textOf(target).matchAll(/^#+ (.+)$/gm)].map(([, head = '']) => anchorOf(head));
      if (!existsSync(join(home, target)) || (anchor !== undefined && !heads.includes(anchor))) wrong.push(`${page}: ${to}`);
    }
  expect(wrong).toEqual([]);
});
const anchorOf = (head: string) =>
  head
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

test('R109: the settings in the README, in .env.example and in deploy are those that the server reads, with its defaults', () => {
  const table = /## Settings\n([\s\S]*?)\n## /.exec(textOf('README.md'))?.[1] ?? '';
  const told = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = '']) => names.match(/[A-Z_]+/g) ?? []);
  expect(told.toSorted()).toEqual(settings.toSorted());
  const example = textOf('.env.example');
  expect([...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name).toSorted()).toEqual(settings.toSorted());
  const given = (text: string) => Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  expect(readSettings(given(example), [])).toEqual(readSettings({}, []));
  const uncommented = given(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
  expect(Object.keys(uncommented)).toHaveLength(settings.length);
  expect(() => readSettings(uncommented, [])).not.toThrow();
  expect(readSettings(given(textOf('deploy/koreromai.env')), [])).toMatchObject({ trustedProxies: ['127.0.0.1', '::1'] });
});

test('R109: docs/operations.md names every figure of ours at /metrics, and none that is not there', async () => {
  const metrics = createMetrics();
  const none = () => 0;
  metrics.watch({ sockets: none, streams: none, waiting: none, calls: none, queuedBytes: none, behind: async () => [] });
  const there = [...(await metrics.text()).matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name);
  const told = textOf('docs/operations.md').match(/\b(?:koreromai|nodejs|process)_[a-z_]+/g);
  expect(told?.filter((name) => !there.includes(name))).toEqual([]);
  expect(there.filter((name) => name.startsWith('koreromai_') && !told?.includes(name))).toEqual([]);
});
