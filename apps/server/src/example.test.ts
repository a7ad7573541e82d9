import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, startProxy } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { startServer } from './test/server.ts';

const file = join(import.meta.dirname, '../../../examples/another-team/chat.ts');

test('R118: a client that another team wrote against the document alone talks, and misses nothing when the connection breaks', async () => {
  const source = readFileSync(file, 'utf8');
  expect([...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual(['node:crypto', 'node:readline']);
  await using server = await startServer();
  const [hana, team] = await server.people('hana', 'team');
  const made = await server.ok<{ conversation: { id: string } }>('conversations.create', { kind: 'direct', person: team.email }, hana);
  const conversationId = made.conversation.id;
  const post = (text: string) => server.ok('messages.post', { conversationId, text }, hana);
  await post('He mihi');
  await using proxy = await startProxy(server.port);
  const running = spawn(process.execPath, [file, `http://127.0.0.1:${proxy.port}`, team.email, team.password, hana.email]);
  let out = '';
  running.stdout.on('data', (part) => void (out += String(part)));
  running.stderr.on('data', (part) => void (out += String(part)));
  try {
    await eventually('what was said before', () => out === 'hana: He mihi\n');
    running.stdin.write('Ata mārie\n');
    await eventually('its own line, which came back', () => out.endsWith('team: Ata mārie\n'));
    await post('Kei te pēhea koe?');
    await eventually('what hana says', () => out.endsWith('hana: Kei te pēhea koe?\n'));
    proxy.cutAll();
    await post('Kei reira tonu koe?');
    await eventually('what hana said meanwhile', () => out.endsWith('hana: Kei reira tonu koe?\n'));
    running.stdin.write(`${'a'.repeat(9_000)}\n`);
    await eventually('the refusal, in a sentence', () => /MESSAGE_TOO_LONG: .+\./.test(out));
    expect(out.split('\n').filter((line) => /^\w+: /.test(line) && !line.startsWith('MESSAGE'))).toEqual([
      'hana: He mihi',
      'team: Ata mārie',
      'hana: Kei te pēhea koe?',
      'hana: Kei reira tonu koe?',
    ]);
  } finally {
    running.kill();
    await once(running, 'exit');
  }
});
