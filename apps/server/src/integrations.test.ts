import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { type Out, startServer } from './test/server.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/integrations.md'), 'utf8');
const blocks = (kind: string) => [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

test('R109: the bot, the curl and the check of a signature in docs/integrations.md do what the page says', async () => {
  const dir = mkdtempSync(join(import.meta.dirname, 'test/tmp-'));
  await using server = await startServer();
  try {
    const [bot = '', check = ''] = blocks('js');
    const [curl = ''] = blocks('sh');
    const [hana, wiremu, mere] = await server.people('hana', 'wiremu', 'mere');
    const { id: conversationId } = await server.group(hana, [wiremu.email, mere.email]);
    const texts = async () =>
      (await server.ok<Out['messages']['list']>('messages.list', { conversationId }, wiremu)).items.map((m) => m.text);

    const { id: botId } = await server.ok<Out['bots']['create']>('bots.create', { name: 'Clock' }, hana);
    const asked = { botId, name: 'docs', scopes: ['read', 'post'] };
    const { token } = await server.ok<Out['bots']['createToken']>('bots.createToken', asked, hana);
    await server.ok('members.add', { conversationId, person: botId }, hana);
    writeFileSync(join(dir, 'time.mjs'), bot);
    const running = spawn(process.execPath, [join(dir, 'time.mjs'), server.url, token], { stdio: ['ignore', 'ignore', 'pipe'] });
    const complaints: string[] = [];
    running.stderr.on('data', (said) => complaints.push(String(said)));
    try {
      await server.ok('messages.post', { conversationId, text: '!time' }, wiremu);
      await eventually('the bot answers', async () => (await texts()).some((text) => text?.startsWith('It is 20')) || null).catch(
        (error) => {
          throw new Error(`${error}: ${complaints.join('')}`);
        },
      );
    } finally {
      running.kill();
    }

    const hook = await server.ok<Out['hooks']['create']>('hooks.create', { conversationId, name: 'Builds' }, hana);
    const [, body = '', said = ''] = /^curl -d '([^']+)' (\S+)$/m.exec(curl) ?? [];
    const address = said.replace(/^http:\/\/localhost:1337/, server.url).replace('kmh_TOKEN', hook.url.split('/').at(-1) ?? '');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }; // as curl says without being asked
    expect(await (await fetch(address, { method: 'POST', headers, body })).text()).toBe('ok');
    expect((await texts())[0]).toBe('Build 7 is green: look (https://ci.example.nz/7)');

    writeFileSync(join(dir, 'check.mjs'), check);
    const { genuine } = (await import(join(dir, 'check.mjs'))) as { genuine: (...given: unknown[]) => boolean };
    // The example of Standard Webhooks.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const signed = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const at = 1_614_265_330_000;
    expect(genuine(secret, signed, '{"test": 2432232314}', at)).toBe(true);
    expect(genuine(secret, signed, '{"test": 2432232315}', at)).toBe(false);
    expect(genuine(secret, signed, '{"test": 2432232314}', at + 301_000)).toBe(false);
    expect(
      genuine(secret, { ...signed, 'webhook-signature': `v1,nothing ${signed['webhook-signature']}` }, '{"test": 2432232314}', at),
    ).toBe(true);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
