import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('what a person says of themselves', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'mia', 'tama', 'rangi']); // the first is the admin
  const rowOf = (id: string) => cast.world.db.read.selectFrom('user').selectAll().where('id', '=', bytesOf(id)).executeTakeFirstOrThrow();
  const eventsOf = async (stream: string) => (await cast.world.services.log.everything(0, 100_000)).filter((e) => e.stream === stream);

  test('R010: name, username and bio are changed, what is left out stays, and the same again changes nothing', async () => {
    const before = await cast.mia.api.users.me();
    const mia = await cast.mia.api.users.updateMe({ name: '  Mia   Ngāta ', username: 'Mia.Ngata', bio: 'Kia ora!\r\nI sing.' });
    expect(mia).toEqual({ ...before, name: 'Mia Ngāta', username: 'mia.ngata', bio: 'Kia ora!\nI sing.' });
    expect(await cast.mia.api.users.me()).toEqual(mia);
    expect(await cast.mia.api.users.updateMe({ bio: '' })).toEqual({ ...mia, bio: '' });
    const events = await eventsOf(cast.mia.id);
    expect(await cast.mia.api.users.updateMe({ name: 'Mia Ngāta', bio: '' })).toEqual({ ...mia, bio: '' });
    expect(await cast.mia.api.users.updateMe({})).toEqual({ ...mia, bio: '' });
    expect(await eventsOf(cast.mia.id)).toEqual(events);
  });

  test('R010: what does not fit is refused and changes nothing', async () => {
    const before = await rowOf(cast.mia.id);
    const bad = [
      { name: '' },
      { name: 'x'.repeat(81) },
      { username: 'ab' },
      { username: 'a b c' },
      { username: null },
      { bio: 'x'.repeat(501) },
      { bio: 7 },
    ];
    for (const input of bad) expect(await verdict(cast.mia.api.users.updateMe(input as never)), JSON.stringify(input)).toBe('BAD_INPUT');
    expect(await verdict(cast.mia.api.users.updateMe({ name: 'x'.repeat(80), bio: '🥝'.repeat(500) }))).toBe('done');
    expect((await rowOf(cast.mia.id)).bio).toBe('🥝'.repeat(500));
    await cast.mia.api.users.updateMe({ name: before.name, bio: before.bio });
  });

  test('R010: somebody else’s profile is theirs, but for a site admin, and that stands in the audit', async () => {
    const change = { userId: cast.mia.id, name: 'Not Mia' };
    expect(await verdict(cast.tama.api.users.update(change))).toBe('FORBIDDEN');
    expect(await verdict(cast.tama.api.users.update({ ...change, userId: crypto.randomUUID() }))).toBe('NOT_FOUND');
    expect((await rowOf(cast.mia.id)).name).not.toBe('Not Mia');
    const view = await cast.root.api.users.update({ userId: cast.mia.id, name: 'Mia by root' });
    expect(view).toMatchObject({ name: 'Mia by root', email: cast.mia.email });
    const { items } = await cast.root.api.admin.audit({ limit: 1, only: 'acts' });
    expect(items).toMatchObject([{ action: 'user.changed', targetId: cast.mia.id, actor: { id: cast.root.id } }]);
    expect(await cast.mia.api.users.update({ userId: cast.mia.id, name: 'Mia again' })).toMatchObject({
      name: 'Mia again',
      email: cast.mia.email,
    });
    expect((await cast.root.api.admin.audit({ limit: 1, only: 'acts' })).items).toEqual(items);
  });

  test('E2, R012: a username somebody had is theirs for ever; they may have it back', async () => {
    await cast.tama.api.users.updateMe({ username: 'tama.one' });
    await cast.tama.api.users.updateMe({ username: 'tama.two' });
    for (const username of ['tama.one', 'tama.two', 'TAMA.ONE', 'ｔａｍａ.one'])
      expect(await verdict(cast.rangi.api.users.updateMe({ username })), username).toBe('USERNAME_TAKEN');
    const signUp = { email: 'late@example.nz', password: 'correct horse late', name: 'late', username: 'tama.one' };
    expect(await verdict(cast.world.anonymous.auth.signUp(signUp))).toBe('USERNAME_TAKEN');
    expect((await cast.tama.api.users.updateMe({ username: 'tama.one' })).username).toBe('tama.one');
  });

  test('E11: a username that looks like another one is taken; one with a macron is another word', async () => {
    await cast.rangi.api.users.updateMe({ username: 'rongo1_modern' });
    for (const username of ['r0ngo1_modern', 'rongol_modern', 'rongo1_rnodern', 'rong01_modem'])
      expect(await verdict(cast.mia.api.users.updateMe({ username })), username).toBe('USERNAME_TAKEN');
    expect(await verdict(cast.mia.api.users.updateMe({ username: 'rongō1_modern' }))).toBe('done');
    expect((await cast.rangi.api.users.updateMe({ username: 'rong0l_modem' })).username).toBe('rong0l_modem'); // one’s own look-alike
  });

  test('R010: two who want one username at once: one gets it', async () => {
    let done = 0;
    for (let round = 0; round < 20; round++) {
      const username = `wanted-${round}`;
      const verdicts = await Promise.all([cast.mia, cast.tama].map((who) => verdict(who.api.users.updateMe({ username }))));
      expect(verdicts.toSorted()).toEqual(['USERNAME_TAKEN', 'done']);
      done++;
    }
    expect(done).toBe(20);
  });

  test('a changed name goes out with the very next message, on my other devices at once, and to those who see me', async () => {
    await cast.world.services.jobs.idle(); // earlier names
    const { id } = await cast.world.direct(cast.mia, cast.tama);
    const said = await cast.tama.api.messages.post({ conversationId: id, text: 'before' });
    const own = cast.world.subscribe(cast.tama, null);
    const theirs = cast.world.subscribe(cast.mia, null);
    for (const feed of [own, theirs])
      await eventually('the checkpoint', () => feed.frames.some(({ frame }) => frame.type === 'checkpoint'));
    await cast.tama.api.users.updateMe({ name: 'Tama Hou' });
    const next = await cast.tama.api.messages.post({ conversationId: id, text: 'after' });
    expect(next.message.author.name).toBe('Tama Hou');
    await cast.world.services.jobs.idle();
    const told = (await eventsOf(id)).filter((e) => e.type === 'member.changed');
    expect(told).toHaveLength(1);
    const changed = await eventually('me', () => own.frames.find(({ frame }) => frame.type === 'me.changed'));
    const seen = await eventually('the others', () => theirs.frames.find(({ frame }) => frame.type === 'member.changed'));
    await Promise.all([own.stop(), theirs.stop()]);
    expect(changed.frame).toMatchObject({ me: { id: cast.tama.id, name: 'Tama Hou', email: cast.tama.email } });
    expect(seen.frame).toMatchObject({ stream: id, user: { id: cast.tama.id, name: 'Tama Hou' } });
    expect(JSON.stringify(theirs.frames)).not.toContain(cast.tama.email);
    expect((await cast.mia.api.messages.get({ messageId: said.message.id })).author.name).toBe('Tama Hou');
  });

  test('a changed name reaches more conversations than one step of the job takes', async () => {
    const ids: string[] = [];
    await cast.world.services.jobs.idle();
    for (let i = 0; i < 45; i++) ids.push((await cast.world.group(cast.mia, [cast.tama, cast.rangi], `G${i}`)).id);
    await cast.rangi.api.conversations.leave({ conversationId: ids[0] ?? '' }); // what they said there still shows their name
    await cast.rangi.api.users.updateMe({ name: 'Rangi Hou' });
    await cast.world.services.jobs.idle();
    const told = (await cast.world.services.log.everything(0, 100_000)).filter(
      (e) => e.type === 'member.changed' && e.subject === cast.rangi.id,
    );
    for (const id of ids) expect(told.filter((e) => e.stream === id).length).toBe(1);
  });

  test('C10, C11: no column of the row is an input of the profile', async () => {
    const before = await rowOf(cast.mia.id);
    const { username: _u, name: _n, bio: _b, ...columns } = before;
    for (const column of [...Object.keys(columns), 'isAdmin', '__proto__', 'constructor']) {
      const input = JSON.parse(`{"name":"x","${column}":"admin"}`) as never;
      expect(await verdict(cast.mia.api.users.updateMe(input)), column).toBe('BAD_INPUT');
      if (column !== 'userId')
        expect(await verdict(cast.mia.api.users.update({ userId: cast.mia.id, ...(input as object) })), column).toBe('BAD_INPUT');
    }
    expect(await rowOf(cast.mia.id)).toEqual(before);
  });
});
