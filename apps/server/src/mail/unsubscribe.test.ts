import { bytesOf, randomId, tokenOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createMailroom } from '../test/mailroom.ts';

eachDatabase('the link at the end of a mail', (dialect: Dialect) => {
  test('S7, N3: looking at it changes nothing, its button ends the mails of its own person alone, also by the one click of a mail program', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere] = await room.people('hana', 'wiremu', 'mere');
    const group = await room.group(hana, [wiremu.email, mere.email]);
    room.leaveAlone();
    await room.post(hana, group.id);
    await room.outbox();
    room.gather();
    const letter = (await room.sent(2)).find((l) => l.to === wiremu.email);
    const link = letter?.unsubscribe ?? '';
    expect(letter?.text).toContain(link);
    const path = new URL(link).pathname;
    const wanting = async () =>
      (await room.services.read.selectFrom('user').select(['email', 'mails']).execute()).filter((u) => u.mails === 1).length;

    const page = await fetch(`${room.url}${path}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain('<form method="post">');
    for (const method of ['HEAD', 'PUT', 'DELETE']) await fetch(`${room.url}${path}`, { method });
    expect(await wanting()).toBe(3);

    const click = { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    for (let i = 0; i < 2; i++) expect((await fetch(`${room.url}${path}`, click)).status).toBe(200); // twice is no mistake
    const rows = await room.services.read.selectFrom('user').select(['id', 'mails']).where('mails', '=', 0).execute();
    expect(rows.map((r) => r.id.toString('hex'))).toEqual([bytesOf(wiremu.id).toString('hex')]);
    const button = { ...click, headers: { ...click.headers, origin: 'null', 'sec-fetch-site': 'same-origin' } };
    expect((await fetch(`${room.url}${path}`, button)).status).toBe(200);
  });

  test('S7: a link that was edited, or made for something else, opens nothing', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const { secret } = room.services.db;
    const own = tokenOf(secret, 'unsubscribe', hana.id);
    const forged = Buffer.from(own, 'base64url');
    bytesOf(wiremu.id).copy(forged);
    const wrong = [
      forged.toString('base64url'),
      `${own.slice(0, -1)}${own.endsWith('A') ? 'E' : 'A'}`,
      tokenOf(secret, 'invitation', hana.id),
      tokenOf(secret, 'reset', hana.id),
      randomId(),
      'x',
    ];
    for (const token of wrong) {
      for (const method of ['GET', 'POST'])
        expect([token, (await fetch(`${room.url}/unsubscribe/${token}`, { method })).status]).toEqual([token, 404]);
    }
    const rows = await room.services.read.selectFrom('user').select('mails').execute();
    expect(rows.map((r) => r.mails)).toEqual([1, 1]);
    expect((await fetch(`${room.url}/unsubscribe/${own}`, { method: 'POST', body: 'x'.repeat(5_000) })).status).toBe(413);
  });
});
