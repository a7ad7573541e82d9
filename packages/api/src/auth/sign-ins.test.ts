import { limits } from '@koreromai/contract';
import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { Argon2id } from 'oslo/password';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appRouter } from '../root.ts';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { listenTo } from '../test/statements.ts';
import type { Person } from '../test/world.ts';
import { forgetSignIns } from './sign-ins.ts';

eachDatabase('who comes in and who is refused', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'mia', 'tama', 'rangi', 'gone', 'hana']);
  const passwordOf = (who: Person) => `correct horse ${who.email.split('@')[0]}`;
  const signIn = (email: string, password: string) => verdict(cast.world.anonymous.auth.signIn({ email, password }));
  const signIns = async (limit = 100) => (await cast.root.api.admin.audit({ only: 'signIns', limit })).items;
  /** What the calls changed; followers of the log move on their own. */
  const changed = (spy: { mock: { calls: [{ name: string }, unknown][] } }) =>
    spy.mock.calls.map(([kind]) => kind.name).filter((name) => !name.startsWith('follower.'));
  const suspend = (who: Person, suspended: boolean) => cast.root.api.admin.updateUser({ userId: who.id, suspended });
  beforeEach(() => {
    cast.world.clock.now += 1_000;
  });
  afterEach(() => vi.restoreAllMocks());

  test('K6: every sign-in and every refusal is in the audit with who, when and where, and never what was typed', async () => {
    const before = (await signIns()).length;
    const times: string[] = [];
    const attempt = async (email: string, password: string) => {
      cast.world.clock.now += 1_000;
      times.unshift(new Date(cast.world.clock.now).toISOString());
      return signIn(email, password);
    };
    expect(await attempt(cast.mia.email, passwordOf(cast.mia))).toBe('done');
    expect(await attempt(cast.mia.email, 'canary-of-a-password')).toBe('SIGN_IN_FAILED');
    expect(await attempt('canary-of-an-address@example.nz', 'canary-of-a-password')).toBe('SIGN_IN_FAILED');
    await suspend(cast.tama, true);
    expect(await attempt(cast.tama.email, passwordOf(cast.tama))).toBe('ACCOUNT_SUSPENDED');
    await suspend(cast.tama, false);
    const entries = await signIns();
    expect(entries).toHaveLength(before + 4);
    const [suspended, unknown, wrong, opened] = entries;
    const refused = { actor: null, action: 'session.refused', address: '203.0.113.7' };
    expect(suspended).toMatchObject({ ...refused, targetId: cast.tama.id, detail: { code: 'ACCOUNT_SUSPENDED', device: 'test' } });
    expect(unknown).toMatchObject({ ...refused, targetId: null, detail: { code: 'SIGN_IN_FAILED', device: 'test' } });
    expect(wrong).toMatchObject({ ...refused, targetId: cast.mia.id, detail: { code: 'SIGN_IN_FAILED' } });
    expect(opened).toMatchObject({
      actor: { id: cast.mia.id },
      action: 'session.opened',
      targetId: cast.mia.id,
      detail: { device: 'test' },
    });
    expect(entries.slice(0, 4).map((e) => e.at)).toEqual(times);
    const rows = await cast.world.db.read.selectFrom('sign_in').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/canary|correct horse|@example/);
    expect(JSON.stringify(entries)).not.toMatch(/canary|correct horse|@example/);
  });

  test('K6: signing up is a sign-in too; admins alone page through it, with the other acts or without, and nothing changes it', async () => {
    const hana = (await signIns()).filter((e) => e.targetId === cast.hana.id);
    expect(hana).toMatchObject([{ action: 'session.opened', actor: { id: cast.hana.id } }]);
    expect(await verdict(cast.mia.api.admin.audit({ only: 'signIns' }))).toBe('FORBIDDEN');
    expect(await verdict(cast.world.anonymous.admin.audit({ only: 'signIns' }))).toBe('UNAUTHENTICATED');
    await cast.root.api.admin.updateSettings({ editWindow: 77_000 });
    const whole = (await cast.root.api.admin.audit({ limit: 100 })).items;
    expect(new Set(whole.map((e) => e.action))).toContain('settings.changed');
    const paged: typeof whole = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: { items: typeof whole; nextCursor: string | null } = await cast.root.api.admin.audit({
        limit: 2,
        cursor: cursor ?? null,
      });
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(whole.map((e) => e.id)).toEqual(
      whole
        .map((e) => e.id)
        .toSorted()
        .reverse(),
    );
    const { nextCursor } = await cast.root.api.admin.audit({ limit: 2, only: 'signIns' });
    expect(await verdict(cast.root.api.admin.audit({ limit: 2, cursor: nextCursor }))).toBe('CURSOR_INVALID');
    expect(Object.keys(appRouter._def.procedures).filter((path) => /audit|signIns/i.test(path))).toEqual(['admin.audit']);
  });

  test('A2: a wrong password costs the same for a known, a suspended, a deleted and an unknown address: one hash, the same statements and changes', async () => {
    await suspend(cast.rangi, true);
    await cast.gone.api.users.deleteMe({ password: passwordOf(cast.gone) });
    await cast.world.services.jobs.idle();
    const ear = listenTo(cast.world.db);
    const hashes = vi.spyOn(Argon2id.prototype, 'verify');
    const changes = vi.spyOn(cast.world.services.lane, 'change');
    const costs: Record<string, unknown> = {};
    for (const email of [cast.mia.email, cast.rangi.email, cast.gone.email, 'nobody@example.nz', 'no address at all']) {
      for (const spy of [hashes, changes]) spy.mockClear();
      let told = '';
      const asked = await ear.during(async () => {
        told = await signIn(email, 'not the password');
      });
      costs[email] = {
        told,
        hashes: hashes.mock.calls.length,
        changes: changed(changes),
        asked: asked.map((s) => s.sql),
      };
    }
    const [known, ...others] = Object.values(costs);
    expect(known).toMatchObject({ told: 'SIGN_IN_FAILED', hashes: 1, changes: ['sign-in.refused'] });
    for (const other of others) expect(other).toEqual(known);
  });

  test('A4: asking for a new password does the same before the answer for a known, a suspended, a deleted and an unknown address', async () => {
    const ear = listenTo(cast.world.db);
    const changes = vi.spyOn(cast.world.services.lane, 'change');
    const costs: unknown[] = [];
    for (const email of [cast.mia.email, cast.rangi.email, cast.gone.email, 'nobody@example.nz', 'no address at all']) {
      changes.mockClear();
      const before: string[] = [];
      const asked = await ear.during(async () => {
        await cast.world.anonymous.auth.forgotPassword({ email });
        before.push(...changed(changes));
      });
      costs.push({ changes: before, asked: asked.map((s) => s.sql).filter((sql) => !sql.includes('job')) });
      await cast.world.services.jobs.idle();
    }
    for (const cost of costs) expect(cost).toEqual({ changes: ['password.forgotten'], asked: [] });
    const mails = await cast.world.db.read.selectFrom('mail').select('email').where('kind', '=', 'reset').execute();
    expect(
      mails.map((m) => m.email),
      'only the one who may have it',
    ).toEqual([cast.mia.email]);
  });

  test('K6: what is older than ninety days goes, and so do the oldest of more than are kept', async () => {
    const count = async () => (await cast.world.db.read.selectFrom('sign_in').select('id').execute()).length;
    for (let i = 0; i < 6; i++) await signIn('nobody@example.nz', 'wrong password');
    const all = await count();
    await forgetSignIns(cast.world.services);
    expect(await count()).toBe(all);
    await forgetSignIns(cast.world.services, 4);
    expect(await count()).toBe(4);
    cast.world.clock.now += limits.signIns.keptFor - 500;
    await signIn('nobody@example.nz', 'wrong password');
    await forgetSignIns(cast.world.services);
    expect(await count()).toBe(5);
    cast.world.clock.now += 1_000;
    await forgetSignIns(cast.world.services);
    const [last, ...rest] = await cast.world.db.read.selectFrom('sign_in').selectAll().execute();
    expect(rest).toEqual([]);
    expect(last?.user_id).toBeNull();
    expect(await cast.world.db.read.selectFrom('user').select('id').where('id', '=', bytesOf(cast.mia.id)).execute()).toHaveLength(1);
  });
});
