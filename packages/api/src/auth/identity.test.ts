import { emailKeyOf, usernameKeyOf } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

/** What is typed, and the key it becomes; null where it is no address. */
const addresses: [typed: string, key: string | null][] = [
  ['Korero@Example.NZ', 'korero@example.nz'],
  ['  korero@example.nz\t', 'korero@example.nz'],
  ['ko.rero@example.nz', 'ko.rero@example.nz'],
  ['korero+tag@example.nz', 'korero+tag@example.nz'],
  ['kōrero@example.nz', 'kōrero@example.nz'],
  ['ko\u0304rero@example.nz', 'kōrero@example.nz'],
  ['KŌRERO@example.nz', 'kōrero@example.nz'],
  ['ｋｏｒｅｒｏ@example.nz', 'korero@example.nz'],
  ['korero@kōrero.nz', 'korero@xn--krero-g9a.nz'],
  ['korero@XN--KRERO-G9A.nz', 'korero@xn--krero-g9a.nz'],
  ['korero@example.nz.', 'korero@example.nz'],
  ['straße@example.de', 'straße@example.de'],
  ['strasse@example.de', 'strasse@example.de'],
  ["o'brien@example.ie", "o'brien@example.ie"],
  ['korero\\@example.nz', null],
  ['kore ro@example.nz', null],
  ['korero@@example.nz', null],
  ['korero@example', null],
  ['@example.nz', null],
  ['korero@exa/mple.nz', null],
  ['korero@example.nz:80', null],
  [`${'k'.repeat(250)}@example.nz`, null],
];
const usernames: [typed: string, key: string | null][] = [
  ['Anahera', 'anahera'],
  ['ĀNAHERA', 'ānahera'],
  ['a\u0304nahera', 'ānahera'],
  ['ａｎａｈｅｒａ.2', 'anahera.2'],
  ['ana', 'ana'],
  ['an', null],
  ['a'.repeat(32), 'a'.repeat(32)],
  ['a'.repeat(33), null],
  ['ana hera', null],
  ['anahéra', null],
];

describe('keys of people', () => {
  test.each(addresses)('E1: the address %j is %j', (typed, key) => expect(emailKeyOf(typed)).toBe(key));

  test('E1, E2: the key of a key is the key', () => {
    const keys = addresses.flatMap(([, key]) => key ?? []);
    expect(keys.map(emailKeyOf)).toEqual(keys);
    const names = usernames.flatMap(([, key]) => key ?? []);
    expect(names.map(usernameKeyOf)).toEqual(names);
  });
});

eachDatabase('people by their names', (dialect: Dialect) => {
  const cast = createCast(dialect, []);
  let n = 0;
  const signUp = (over: { email?: string; username?: string; name?: string }) =>
    cast.world.anonymous.auth.signUp({ email: `someone${++n}@example.org`, password: 'a long enough one', name: 'Someone', ...over });

  test(`E1–E3: ${addresses.length + usernames.length} tricky addresses and usernames: each key is one account, and only one`, async () => {
    const taken = new Set<string>();
    for (const [typed, key] of addresses) {
      const expected = key === null ? 'BAD_INPUT' : taken.has(key) ? 'EMAIL_TAKEN' : 'done';
      expect(await verdict(signUp({ email: typed })), typed).toBe(expected);
      if (key !== null) taken.add(key);
    }
    for (const [typed, key] of usernames) {
      const expected = key === null ? 'BAD_INPUT' : taken.has(key) ? 'USERNAME_TAKEN' : 'done';
      expect(await verdict(signUp({ username: typed })), typed).toBe(expected);
      if (key !== null) taken.add(key);
    }
  });

  test('E3: ā is not a: Kōrero and Korero are two people', async () => {
    const [plain, macron] = [await signUp({ username: 'tane' }), await signUp({ username: 'tāne' })];
    expect([plain.user.username, macron.user.username]).toEqual(['tane', 'tāne']);
    const asker = await cast.world.person('asker');
    for (const [typed, id] of [
      ['@tane', plain.user.id],
      ['@TĀNE', macron.user.id],
      ['@ta\u0304ne', macron.user.id],
    ] as const) {
      const made = await asker.api.conversations.create({ kind: 'direct', person: typed });
      expect(made.status === 'pending' ? [] : made.conversation.members.map((m) => m.user.id)).toContain(id);
    }
  });

  test('E1: an account is found however its address is typed', async () => {
    await signUp({ email: 'Mere.Tūhoe@Example.NZ' });
    const tries = ['mere.tūhoe@example.nz', 'MERE.TŪHOE@EXAMPLE.NZ', ' mere.tu\u0304hoe@example.nz '];
    for (const email of tries)
      expect(await verdict(cast.world.anonymous.auth.signIn({ email, password: 'a long enough one' })), email).toBe('done');
    expect(await verdict(cast.world.anonymous.auth.signIn({ email: 'mere.tuhoe@example.nz', password: 'a long enough one' }))).toBe(
      'SIGN_IN_FAILED',
    );
  });

  test('E2: a username is kept when given, made when not, and refused when taken', async () => {
    expect((await signUp({ username: 'Hēmi.Kereama' })).user.username).toBe('hēmi.kereama');
    expect(await verdict(signUp({ username: 'HĒMI.kereama' }))).toBe('USERNAME_TAKEN');
    const made = (await signUp({})).user.username;
    expect(made).toMatch(/^[a-z]+-[a-z]+-\d{4}$/);
  });

  test('EMAIL_TAKEN is told when only the case differs, and with the field', async () => {
    await signUp({ email: 'Rua@example.nz' });
    const again = signUp({ email: 'rUA@EXAMPLE.nz' });
    await expect(again).rejects.toMatchObject({ cause: { code: 'EMAIL_TAKEN', info: { fields: { email: expect.any(String) } } } });
  });

  test('EMAIL_TAKEN: ten sign-ups with one address at once make one account', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 10 }, (_, i) => verdict(signUp({ email: i % 2 ? 'one@example.nz' : 'ONE@example.nz' }))),
    );
    expect(verdicts.filter((v) => v === 'done')).toHaveLength(1);
    expect(verdicts.filter((v) => v === 'EMAIL_TAKEN')).toHaveLength(9);
  });
});
