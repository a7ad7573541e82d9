import { limits } from '@koreromai/contract';
import { idOf, tokenOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { Argon2id } from 'oslo/password';
import { beforeEach, expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import type { Person, World } from '../test/world.ts';
import { resetLifetime } from './credentials.ts';
import { hashing } from './passwords.ts';
import { createSessions } from './sessions.ts';

const next = 'another good phrase';

/** What the link of the newest mail to this person says, as the letter would. */
async function linkOf(world: World, who: Person): Promise<string> {
  await world.services.jobs.idle();
  const rows = await world.db.read.selectFrom('mail').select(['id', 'email', 'kind', 'created_at']).where('kind', '=', 'reset').execute();
  const mine = rows.filter((r) => r.email === who.email).sort((a, b) => Number(b.created_at) - Number(a.created_at));
  return mine[0] ? tokenOf(world.db.secret, 'reset', idOf(mine[0].id)) : '';
}

eachDatabase('passwords', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'mia', 'tama', 'rangi'], { hashing });
  const passwords = new Map<string, string>();
  const passwordOf = (who: Person) => passwords.get(who.id) ?? `correct horse ${who.email.split('@')[0]}`;
  const signIn = (who: Person, password = passwordOf(who)) => cast.world.anonymous.auth.signIn({ email: who.email, password });
  /** The same person on a new device: what they had before has ended. */
  const again = async (who: Person) => {
    const { token } = await signIn(who);
    const caller = await cast.world.sessions.authenticate(token);
    if (!caller) throw new Error('Just signed in.');
    return { token, caller, api: cast.world.as(caller) };
  };
  const forgot = async (who: Person) => {
    cast.world.clock.now += 61_000;
    await cast.world.anonymous.auth.forgotPassword({ email: who.email.toUpperCase() });
    return linkOf(cast.world, who);
  };
  const notices = async (who: Person) => {
    const rows = await cast.world.db.read.selectFrom('mail').select(['data', 'email', 'kind']).where('kind', '=', 'notice').execute();
    return rows.filter((r) => r.email === who.email).length;
  };
  beforeEach(() => {
    cast.world.clock.now += 120_000;
  });

  test('B3, B7: a new password needs the current one, ends every other session here and elsewhere, and the owner is told by mail', async () => {
    await using other = await anotherProcess(cast.world);
    const elsewhere = createSessions(other.services);
    const here = await again(cast.mia);
    const phone = await signIn(cast.mia);
    const ended: string[] = [];
    const there = await elsewhere.authenticate(phone.token, () => void ended.push('phone'));
    const set = (current: string) => here.api.auth.changePassword({ current, next });
    expect(await verdict(set('not my password'))).toBe('PASSWORD_WRONG');
    expect(await verdict(cast.world.anonymous.auth.changePassword({ current: passwordOf(cast.mia), next }))).toBe('UNAUTHENTICATED');
    expect(await cast.world.sessions.authenticate(phone.token), 'a refusal ends nothing').not.toBeNull();
    const before = await notices(cast.mia);
    await set(passwordOf(cast.mia));
    await other.services.live.look();
    expect({ ended, revoked: there?.revoked() }).toEqual({ ended: ['phone'], revoked: true });
    expect(await cast.world.sessions.authenticate(phone.token)).toBeNull();
    expect(await cast.world.sessions.authenticate(here.token), 'my own goes on').not.toBeNull();
    expect(await verdict(signIn(cast.mia))).toBe('SIGN_IN_FAILED');
    passwords.set(cast.mia.id, next);
    expect((await signIn(cast.mia)).user.id).toBe(cast.mia.id);
    expect(await notices(cast.mia)).toBe(before + 1);
    const { items } = await cast.root.api.admin.audit({ limit: 1, only: 'acts' });
    expect(items).toEqual([
      expect.objectContaining({ action: 'password.changed', targetId: cast.mia.id, address: '203.0.113.7', detail: {} }),
    ]);
    elsewhere.close();
  });

  test('A7: refused are the short, the long, the common and one’s own name or address; anything else stays exactly as it is', async () => {
    const up = (password: string, n: number) =>
      verdict(
        cast.world.anonymous.auth.signUp({ email: `rules${n}@example.nz`, password, name: 'Ahorangi Smith', username: `ahorangi${n}` }),
      );
    const bad = [
      'seven77',
      'x'.repeat(limits.password.max + 1),
      'Password',
      'qwertyuiop',
      'iloveyou1',
      'AHORANGI smith',
      'rules6@example.nz',
      'ahorangi-7',
    ];
    for (const [n, password] of bad.entries()) expect(await up(password, n), password).toBe('BAD_INPUT');
    const good = ['pässwörd mit ü', `  spaces kept  `, 'x'.repeat(limits.password.max), '🐨🐨🐨🐨🐨🐨🐨🐨', 'nul\u0000inside it'];
    for (const [n, password] of good.entries()) {
      const email = `fine${n}@example.nz`;
      await cast.world.anonymous.auth.signUp({ email, password, name: 'Fine' });
      const enter = (tried: string) => verdict(cast.world.anonymous.auth.signIn({ email, password: tried }));
      expect(await enter(password), `${n}`).toBe('done');
      for (const twin of [password.trim(), password.normalize('NFD'), password.slice(0, 72)].filter((t) => t !== password))
        expect(await enter(twin), `${n}`).toBe('SIGN_IN_FAILED');
    }
    const here = await again(cast.rangi);
    const told = await here.api.auth.changePassword({ current: passwordOf(cast.rangi), next: 'Football' }).catch((e) => e.cause.info);
    expect(told).toEqual({ fields: { next: expect.stringContaining('everybody tries first') } });
  });

  test('A3: an unknown address is answered like a known one, and only the known one gets a mail', async () => {
    const count = async () => (await cast.world.db.read.selectFrom('mail').select('id').execute()).length;
    const before = await count();
    for (const email of ['nobody@example.nz', 'no address at all', ''])
      expect(await cast.world.anonymous.auth.forgotPassword({ email })).toEqual({ status: 'accepted' });
    await cast.world.services.jobs.idle();
    expect(await count()).toBe(before);
    expect(await cast.world.anonymous.auth.forgotPassword({ email: cast.tama.email })).toEqual({ status: 'accepted' });
    await cast.world.services.jobs.idle();
    expect(await count()).toBe(before + 1);
    await cast.world.anonymous.auth.forgotPassword({ email: cast.tama.email });
    await cast.world.services.jobs.idle();
    expect(await count(), 'asked again at once').toBe(before + 1);
  });

  test('A8, A10: the link sets the password once, signs nobody in and ends every session; of twenty at once exactly one', async () => {
    await using other = await anotherProcess(cast.world);
    const phone = await signIn(cast.tama);
    const token = await forgot(cast.tama);
    expect(token).toHaveLength(43);
    const stored = await cast.world.db.read.selectFrom('password_reset').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(token);
    const tries = Array.from({ length: 20 }, (_, i) => {
      const through = i % 2 ? other.anonymous : cast.world.anonymous;
      return verdict(through.auth.resetPassword({ token, next: `${next} ${i}` }));
    });
    const verdicts = await Promise.all(tries);
    expect(tally(verdicts)).toEqual({ done: 1, RESET_GONE: 19 });
    passwords.set(cast.tama.id, `${next} ${verdicts.indexOf('done')}`);
    expect(await cast.world.sessions.authenticate(phone.token)).toBeNull();
    const mine = (await signIn(cast.tama)).user;
    expect(mine.id).toBe(cast.tama.id);
    const sessions = await cast.world.db.read
      .selectFrom('session')
      .select(['user_id', 'revoked_at'])
      .where('revoked_at', 'is', null)
      .execute();
    expect(
      sessions.filter((s) => idOf(s.user_id) === cast.tama.id),
      'only the one I have just opened',
    ).toHaveLength(1);
    expect(await verdict(cast.world.anonymous.auth.resetPassword({ token, next }))).toBe('RESET_GONE');
  });

  test('A8: a link is void after an hour, after a newer one, after a new password and after a suspension', async () => {
    const use = (token: string) => verdict(cast.world.anonymous.auth.resetPassword({ token, next: 'never this one' }));
    const late = await forgot(cast.rangi);
    cast.world.clock.now += resetLifetime;
    expect(await use(late), 'an hour').toBe('RESET_GONE');
    const older = await forgot(cast.rangi);
    const newer = await forgot(cast.rangi);
    expect(newer).not.toBe(older);
    expect(await use(older), 'a newer one').toBe('RESET_GONE');
    const here = await again(cast.rangi);
    await here.api.auth.changePassword({ current: passwordOf(cast.rangi), next });
    passwords.set(cast.rangi.id, next);
    expect(await use(newer), 'a new password').toBe('RESET_GONE');
    const open = await forgot(cast.rangi);
    await cast.root.api.admin.updateUser({ userId: cast.rangi.id, suspended: true });
    expect(await use(open), 'a suspension').toBe('RESET_GONE');
    expect(await forgot(cast.rangi), 'no new one while suspended').toBe(open);
    await cast.root.api.admin.updateUser({ userId: cast.rangi.id, suspended: false });
    expect(await use(open), 'nor after it').toBe('RESET_GONE');
    for (const token of ['', 'A'.repeat(43), `${open.slice(0, -1)}A`, 'nonsense']) expect(await use(token)).toMatch(/RESET_GONE|BAD_INPUT/);
    expect((await signIn(cast.rangi)).user.id, 'nothing of all this changed it').toBe(cast.rangi.id);
  });

  test('A1: a hash of older parameters is renewed at the next sign-in, and the password stays the same', async () => {
    const hash = async () =>
      (await cast.world.db.read.selectFrom('user').select(['password_hash', 'email']).execute()).find((u) => u.email === cast.root.email)
        ?.password_hash ?? '';
    expect(await hash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const old = await new Argon2id({ memorySize: 4_096, iterations: 1, parallelism: 1 }).hash(
      Buffer.from(passwordOf(cast.root)).toString('hex'),
    );
    await cast.world.db.orm.em.fork().execute('update `user` set password_hash = ? where email = ?', [old, cast.root.email]);
    expect(await verdict(signIn(cast.root, 'wrong one'))).toBe('SIGN_IN_FAILED');
    expect(await hash()).toBe(old);
    await signIn(cast.root);
    expect(await hash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await signIn(cast.root);
  });

  test('B6: a connection that stays open ends when unused for too long, lives while it is used, and has an absolute end', async () => {
    const ended: string[] = [];
    const open = async (name: string) => {
      const { token } = await signIn(cast.mia);
      const caller = await cast.world.sessions.authenticate(token, () => void ended.push(name));
      if (!caller) throw new Error('Just signed in.');
      return { caller, api: cast.world.as(caller) };
    };
    await open('idle');
    const busy = await open('busy');
    const step = limits.session.idle / 2;
    for (let passed = 0; passed < limits.session.idle; passed += step) {
      cast.world.clock.now += step;
      await busy.api.users.me();
      await cast.world.sessions.sweep();
    }
    expect(ended).toEqual(['idle']);
    for (let passed = limits.session.idle; passed < limits.session.absolute; passed += step) {
      expect(ended).toEqual(['idle']);
      cast.world.clock.now += step;
      await busy.api.users.me().catch(() => null);
      await cast.world.sessions.sweep();
    }
    expect(ended).toEqual(['idle', 'busy']);
    expect(await verdict(busy.api.users.me())).toBe('SESSION_EXPIRED');
  });
});
