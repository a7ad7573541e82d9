import { eachDatabase, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { safeParse } from 'zod';
import { procedures } from './rest/procedures.ts';
import { fieldsOf } from './rest/shape.ts';
import { matrix } from './test/matrix/matrix.ts';
import { createScene, inputsFor, type Scene } from './test/matrix/scene.ts';
import { procedureTypes } from './test/procedures.ts';
import { type Out, startServer } from './test/server.ts';

const columns = [
  'id',
  'role',
  'founder',
  'senderId',
  'author_id',
  'authorId',
  'createdAt',
  'created_at',
  'seq',
  'pos',
  'emailVerified',
  'password_hash',
  'deleted_at',
  'ownerId',
  'owner_id',
  'isAdmin',
  'constructor',
  'prototype',
  '$ne',
  '__raw',
];
/** What an object-loving ORM would take for an operator where a scalar is due (CVE-2026-34220 and its kin). */
const objects: readonly unknown[] = [
  { $ne: 1 },
  { __raw: true },
  { $like: '%' },
  ['x'],
  [['x']],
  [],
  {},
  { toString: 'x' },
  true,
  1.5,
  null,
];

const fieldsFor = (path: string) => {
  const fields = fieldsOf(procedures.find(({ name }) => name === path)?.inputs ?? []);
  return new Map(Object.entries(fields));
};

/** Somebody whom permission does not stop, so that only the input can. */
const whoMay = ({ cast }: Scene, path: string) => (matrix[path]?.owner === 'FORBIDDEN' ? cast.siteAdmin : cast.owner);

eachDatabase('inputs', (dialect) => {
  test('C11: a key that an input does not know is refused with its name, and nothing changes', async () => {
    await using scene = await createScene(dialect);
    const { server, cast } = scene;
    const stage = await scene.stage();
    const { sessionId } = await server.ok<{ sessionId: string }>('session.snapshot', undefined, cast.owner);
    const inputs = inputsFor(stage, cast, sessionId);
    const before = await server.state();
    const wrong: string[] = [];
    let tries = 0;
    using socket = await server.socket(cast.owner);
    for (const [path, type] of procedureTypes) {
      for (const key of columns) {
        const input = { ...(inputs[path] as object | undefined), [key]: 'admin' };
        if (fieldsFor(path).has(key)) continue; // its own
        if (type === 'subscription') {
          const { error } = await socket.subscribe(input);
          if (error?.data.fields?.[key] === undefined) wrong.push(`${path} ${key}`);
        } else {
          const { status, error } = await server.call(path, input, whoMay(scene, path));
          if (status !== 400 || error?.fields?.[key] === undefined) wrong.push(`${path} ${key}: ${status}`);
        }
        tries++;
      }
    }
    expect(wrong).toEqual([]);
    expect(await server.state()).toBe(before);
    process.stdout.write(`C11 [${dialect}]: ${tries} foreign keys refused by name\n`);
  });

  test('E6: an object, a list or a number where a string is due is refused, over HTTP and WebSocket alike', async () => {
    await using scene = await createScene(dialect);
    const { server, cast } = scene;
    const stage = await scene.stage();
    const inputs = inputsFor(stage, cast, stage.messageId);
    const before = await server.state();
    const wrong: string[] = [];
    let tries = 0;
    using socket = await server.socket(cast.owner);
    using admins = await server.socket(cast.siteAdmin);
    for (const [path, type] of procedureTypes) {
      for (const [field, right] of Object.entries((inputs[path] as object | undefined) ?? {})) {
        for (const value of objects) {
          const same = Array.isArray(right) && Array.isArray(value);
          const schema = fieldsFor(path).get(field);
          const meant = (value === null || value === true) && schema !== undefined && safeParse(schema, value).success; // null takes a name away
          if (same || meant) continue;
          const input = { ...(inputs[path] as object), [field]: value };
          const { status, code } = await server.call(path, input, whoMay(scene, path));
          if (status !== 400) wrong.push(`${path}.${field} ${JSON.stringify(value)}: ${status} ${code}`);
          const by = whoMay(scene, path) === cast.owner ? socket : admins;
          const frame = type === 'mutation' ? await by.mutation(path, input) : await by.query(path, input);
          if (frame.error?.data.httpStatus !== 400) wrong.push(`${path}.${field} ${JSON.stringify(value)} by socket`);
          tries += 2;
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await server.state()).toBe(before);
    expect(server.faults).toEqual([]);
    process.stdout.write(`E6 [${dialect}]: ${tries} wrong shapes refused\n`);
  });

  test('E6: numbers beyond sense are refused, and a read mark never passes what is there', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const { id: conversationId } = await server.group(anahera, [bea.email, 'guest@example.org']);
    const raw = async (path: string, body: string) => {
      const query = procedureTypes.get(path) === 'query';
      const response = await fetch(`${server.url}/trpc/${path}${query ? `?input=${encodeURIComponent(body)}` : ''}`, {
        method: query ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${anahera.token}`, 'content-type': 'application/json' },
        ...(query ? {} : { body }),
      });
      return response.status;
    };
    const numbers = ['-1', '1.5', '1e400', '-1e400', '9007199254740992', '1e21', '"1"', '"1e2"', 'true', '[]', '{}', 'null', '"NaN"'];
    for (const seq of numbers)
      expect(await raw('reads.mark', `{"conversationId":"${conversationId}","seq":${seq}}`), `seq ${seq}`).toBe(400);
    for (const limit of [...numbers, '0', '101', '1e9'])
      expect(await raw('messages.list', `{"conversationId":"${conversationId}","limit":${limit}}`), `limit ${limit}`).toBe(400);
    expect(await raw('reads.mark', `{"conversationId":"${conversationId}","seq":9007199254740991}`)).toBe(200);
    const view = await server.ok<Out['conversations']['get']>('conversations.get', { conversationId }, anahera);
    expect(view.lastReadSeq).toBe(view.seq);
  });

  test('E5: quotes, comments and wildcards of SQL come back as they were written', async () => {
    await using server = await startServer({ dialect });
    const bea = await server.signUp('bea');
    const texts = [
      "'; drop table message; --",
      '" or ""="',
      "' or 1=1 #",
      '\\',
      "\\'",
      '%',
      '_',
      '/* */',
      '`user`',
      "'||sleep(5)||'",
      '$1',
      '?',
      ':name',
      '{{7*7}}',
      'ā\'ē"ī`ō\\ū',
      '🥝 \'"',
      'NULL',
      '0x27',
    ];
    const password = `'; drop table user; -- "\\`;
    const signUp = { email: 'o\'hara+"x@example.nz'.replace('"', ''), password, name: `O'Hara "\\ %_` };
    const { user, token } = (await server.call('auth.signUp', signUp)).data as Out['auth']['signUp'];
    const hara = { ...bea, id: user.id, token };
    expect(user).toMatchObject({ name: signUp.name, email: "o'hara+x@example.nz" });
    expect((await server.call('auth.signIn', { email: signUp.email, password })).status).toBe(200);
    const group = await server.group(hara, [bea.email, "it's@example.org"], texts[0]);
    expect(group.pending[0]?.email).toBe("it's@example.org");
    for (const text of texts) {
      const { message } = await server.ok<Out['messages']['post']>('messages.post', { conversationId: group.id, text }, hara);
      expect(message.text).toBe(text);
      const named = await server.ok<Out['conversations']['update']>('conversations.update', { conversationId: group.id, name: text }, hara);
      expect(named.name).toBe(text);
    }
    const { items } = await server.ok<Out['messages']['list']>('messages.list', { conversationId: group.id, order: 'asc' }, bea);
    expect(items.map((m) => m.text)).toEqual(texts);
    const start = performance.now();
    for (const text of texts) expect((await server.call('auth.signIn', { email: text, password: text })).code).toBe('SIGN_IN_FAILED');
    expect(performance.now() - start).toBeLessThan(5_000 * patience);
    expect(server.faults).toEqual([]);
  });
});
