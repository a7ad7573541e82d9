import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('contacts, follows and blocks', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama']);
  let n = 0;
  const pair = () => cast.world.people(`a${n++}`, `b${n++}`);
  const ask = (from: Person, to: Person) => from.api.contacts.request({ person: to.email });
  const stateOf = async (viewer: Person, other: Person) =>
    (await viewer.api.contacts.list({})).items.find((r) => r.user.id === other.id)?.contact ?? 'none';
  const told = async (who: Person, since: number) =>
    (await cast.world.services.log.everything(since, 10_000)).filter((e) => e.stream === who.id).map((e) => e.type);
  const head = () => cast.world.services.log.head();

  test('B4: a request waits with both, is accepted once, and both are contacts', async () => {
    const [a, b] = await pair();
    const since = await head();
    expect(await ask(a, b)).toMatchObject({ contact: 'outgoing', user: { id: b.id } });
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['outgoing', 'incoming']);
    await ask(a, b); // again: one request per pair
    expect(await b.api.contacts.answer({ userId: a.id, accept: true })).toMatchObject({ contact: 'accepted' });
    await b.api.contacts.answer({ userId: a.id, accept: true });
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['accepted', 'accepted']);
    expect([await told(a, since), await told(b, since)]).toEqual([
      ['contact.requested', 'contact.accepted'],
      ['contact.requested', 'contact.accepted'],
    ]);
  });

  test('B4: crossing requests accept each other, also at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const [a, b] = await pair();
      await Promise.all([ask(a, b), ask(b, a)]);
      expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['accepted', 'accepted']);
    }
  });

  test('B4: declined silently, and not repeatable for 30 days, whatever the sender tries', async () => {
    const [a, b] = await pair();
    await ask(a, b);
    const since = await head();
    expect(await b.api.contacts.answer({ userId: a.id, accept: false })).toMatchObject({ contact: 'declined' });
    expect(await verdict(b.api.contacts.answer({ userId: a.id, accept: false }))).toBe('done');
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['outgoing', 'none']);
    expect(await told(a, since)).toEqual([]);
    await ask(a, b);
    await a.api.contacts.remove({ userId: b.id });
    await ask(a, b);
    cast.world.clock.now += limits.contact.quiet - 1;
    expect(await ask(a, b)).toMatchObject({ contact: 'outgoing' });
    expect(await stateOf(b, a)).toBe('none');
    cast.world.clock.now += 1;
    await ask(a, b);
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['outgoing', 'incoming']);
  });

  test('B4: whoever declined may ask later, and that accepts what still waits', async () => {
    const [a, b] = await pair();
    await ask(a, b);
    await b.api.contacts.answer({ userId: a.id, accept: false });
    expect(await ask(b, a)).toMatchObject({ contact: 'accepted' });
    expect(await stateOf(a, b)).toBe('accepted');
  });

  test('B4: a request taken back, a contact ended: gone for both, twice is no mistake', async () => {
    const [a, b] = await pair();
    await ask(a, b);
    await a.api.contacts.remove({ userId: b.id });
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['none', 'none']);
    await ask(a, b);
    await ask(b, a);
    const since = await head();
    for (let i = 0; i < 2; i++) await b.api.contacts.remove({ userId: a.id });
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['none', 'none']);
    expect([await told(a, since), await told(b, since)]).toEqual([['contact.removed'], ['contact.removed']]);
    expect(await verdict(a.api.contacts.answer({ userId: b.id, accept: true }))).toBe('NOT_FOUND');
  });

  test('B4, C14: a request to somebody who blocks the sender looks pending for ever, and they never see it', async () => {
    const [a, b] = await pair();
    await b.api.blocks.add({ userId: a.id });
    const since = await head();
    expect(await ask(a, b)).toMatchObject({ contact: 'outgoing', blocked: false });
    expect(await stateOf(b, a)).toBe('none');
    expect(await told(b, since)).toEqual([]);
    await b.api.blocks.remove({ userId: a.id });
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['outgoing', 'none']);
    expect(await ask(b, a)).toMatchObject({ contact: 'accepted' }); // crossing, once nothing stands between
  });

  test('C14: a block takes the waiting request away from the blocker and tells the other side nothing', async () => {
    const [a, b] = await pair();
    await ask(a, b);
    const since = await head();
    for (let i = 0; i < 2; i++) await b.api.blocks.add({ userId: a.id });
    expect([await stateOf(a, b), await stateOf(b, a)]).toEqual(['outgoing', 'none']);
    expect([await told(a, since), await told(b, since)]).toEqual([[], ['block.changed']]);
    expect((await a.api.contacts.list({})).items[0]).toMatchObject({ contact: 'outgoing', blocked: false });
    expect((await b.api.blocks.list({})).items).toMatchObject([{ user: { id: a.id }, blocked: true }]);
    expect((await a.api.blocks.list({})).items).toEqual([]);
    expect(await verdict(ask(b, a))).toBe('UNBLOCK_FIRST');
    expect(await verdict(b.api.follows.add({ userId: a.id }))).toBe('UNBLOCK_FIRST');
  });

  test('B5: following is told to both, and back again', async () => {
    const [a, b] = await pair();
    const since = await head();
    for (let i = 0; i < 2; i++) await a.api.follows.add({ userId: b.id });
    expect((await a.api.follows.list({})).items).toMatchObject([{ user: { id: b.id }, following: true, followsMe: false }]);
    await b.api.follows.add({ userId: a.id });
    expect((await a.api.follows.list({})).items).toMatchObject([{ following: true, followsMe: true }]);
    for (let i = 0; i < 2; i++) await b.api.follows.remove({ userId: a.id });
    expect((await a.api.follows.list({})).items).toMatchObject([{ following: true, followsMe: false }]);
    expect(await told(a, since)).toEqual(['follow.changed', 'follow.changed', 'follow.changed']);
  });

  test('B5, C14: to a blocker the follower is not there; the follower cannot tell', async () => {
    const [a, b] = await pair();
    await b.api.blocks.add({ userId: a.id });
    const since = await head();
    await a.api.follows.add({ userId: b.id });
    expect((await a.api.follows.list({})).items).toMatchObject([{ following: true }]);
    expect(await told(b, since)).toEqual([]);
    expect((await b.api.blocks.list({})).items).toMatchObject([{ followsMe: false }]);
    await b.api.blocks.remove({ userId: a.id });
    expect(await told(a, since)).toEqual(['follow.changed']);
  });

  test('B6: nobody blocks, follows or befriends themselves, nor somebody who does not exist', async () => {
    const { mia, tama } = cast;
    const [me, nobody] = [{ userId: mia.id }, { userId: '01890000-0000-7000-8000-000000000000' }];
    const self = [
      mia.api.blocks.add(me),
      mia.api.follows.add(me),
      mia.api.contacts.request({ person: mia.id }),
      mia.api.contacts.remove(me),
    ];
    expect(await Promise.all(self.map(verdict))).toEqual(['BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT']);
    const ghosts = [mia.api.blocks.add(nobody), mia.api.follows.add(nobody), mia.api.contacts.request({ person: 'no@example.org' })];
    expect(await Promise.all(ghosts.map(verdict))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect((await tama.api.blocks.list({})).items).toEqual([]);
  });
});
