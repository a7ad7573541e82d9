import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import { createWorld } from '../test/world.ts';
import { createSessions } from './sessions.ts';

eachDatabase('accounts and sessions', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama']);
  const password = (name: string) => `correct horse ${name}`;

  test('A12: of fifty first sign-ups at once exactly one is the admin', async () => {
    await using world = await createWorld(dialect);
    await using other = await anotherProcess(world);
    const through = (i: number) => (dialect === 'mysql' && i % 2 ? other.anonymous : world.anonymous);
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        through(i).auth.signUp({ email: `first${i}@example.nz`, password: 'a long enough one', name: `First ${i}` }),
      ),
    );
    expect(made.filter((m) => m.user.role === 'admin')).toHaveLength(1);
    expect(await world.db.read.selectFrom('user').select('id').where('role', '=', 'admin').execute()).toHaveLength(1);
    expect(world.faults).toEqual([]);
  });

  test('A2: a wrong password and an unknown address are told the same', async () => {
    const wrong = await cast.world.anonymous.auth
      .signIn({ email: cast.mia.email, password: 'not this one' })
      .catch((e: Error) => e.message);
    const unknown = await cast.world.anonymous.auth
      .signIn({ email: 'nobody@example.nz', password: 'not this one' })
      .catch((e: Error) => e.message);
    expect(wrong).toEqual(unknown);
    expect(await verdict(cast.world.anonymous.auth.signIn({ email: cast.mia.email, password: `${password('mia')} ` }))).toBe(
      'SIGN_IN_FAILED',
    );
  });

  test('a caller without a session is UNAUTHENTICATED, before anything else is looked at', async () => {
    const calls = [
      cast.world.anonymous.users.me(),
      cast.world.anonymous.conversations.get({ conversationId: 'nonsense' }),
      cast.world.anonymous.messages.list({ conversationId: crypto.randomUUID() }),
    ];
    expect(await Promise.all(calls.map(verdict))).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });

  test('B8: the sessions listed are my own, the current one marked', async () => {
    await cast.world.anonymous.auth.signIn({ email: cast.mia.email, password: password('mia') });
    const { items } = await cast.mia.api.auth.sessions({});
    expect(items).toHaveLength(2);
    expect(items.filter((s) => s.current).map((s) => s.id)).toEqual([cast.mia.caller.sessionId]);
    expect((await cast.tama.api.auth.sessions({})).items.map((s) => s.id)).toEqual([cast.tama.caller.sessionId]);
  });

  test('B8: another person’s session is NOT_FOUND to revoke, and lives on', async () => {
    expect(await verdict(cast.mia.api.auth.revokeSession({ sessionId: cast.tama.caller.sessionId }))).toBe('NOT_FOUND');
    expect(await cast.world.sessions.authenticate(cast.tama.token)).not.toBeNull();
  });

  test('B8, G7: a session I revoke ends at once, here and in another process', async () => {
    await using other = await anotherProcess(cast.world);
    const elsewhere = createSessions(other.services);
    const phone = await cast.world.anonymous.auth.signIn({ email: cast.tama.email, password: password('tama') });
    const ended: string[] = [];
    const caller = await cast.world.sessions.authenticate(phone.token, () => void ended.push('here'));
    const there = await elsewhere.authenticate(phone.token, () => void ended.push('there'));
    expect([caller?.revoked(), there?.revoked()]).toEqual([false, false]);
    await cast.tama.api.auth.revokeSession({ sessionId: caller?.sessionId ?? '' });
    await other.services.live.look();
    expect({ ended, revoked: [caller?.revoked(), there?.revoked()] }).toEqual({ ended: ['here', 'there'], revoked: [true, true] });
    expect(await cast.world.sessions.authenticate(phone.token)).toBeNull();
    await cast.tama.api.auth.revokeSession({ sessionId: caller?.sessionId ?? '' }); // twice is no mistake
    elsewhere.close();
  });

  test('B8: revoking all others keeps mine', async () => {
    for (let i = 0; i < 2; i++) await cast.world.anonymous.auth.signIn({ email: cast.tama.email, password: password('tama') });
    await cast.tama.api.auth.revokeOtherSessions();
    expect((await cast.tama.api.auth.sessions({})).items.map((s) => s.id)).toEqual([cast.tama.caller.sessionId]);
  });

  test('a session ends after 30 days unused and lives on while it is used', async () => {
    const used = await cast.world.anonymous.auth.signIn({ email: cast.mia.email, password: password('mia') });
    const unused = await cast.world.anonymous.auth.signIn({ email: cast.mia.email, password: password('mia') });
    cast.world.clock.now += limits.session.idle / 2;
    expect(await cast.world.sessions.authenticate(used.token)).not.toBeNull();
    cast.world.clock.now += limits.session.idle / 2;
    expect(await cast.world.sessions.authenticate(used.token)).not.toBeNull();
    expect(await cast.world.sessions.authenticate(unused.token)).toBeNull();
  });

  test('signing out ends this session only', async () => {
    const here = await cast.world.anonymous.auth.signIn({ email: cast.mia.email, password: password('mia') });
    const caller = await cast.world.sessions.authenticate(here.token);
    if (!caller) throw new Error('Just signed in.');
    await using other = await anotherProcess(cast.world);
    await other.as({ ...cast.mia, caller }).auth.signOut();
    expect(await cast.world.sessions.authenticate(here.token)).toBeNull();
  });
});
