import { eachDatabase, patience } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { safeParse, type z } from 'zod';
import { procedures } from './rest/procedures.ts';
import { fieldsOf, kindOf } from './rest/shape.ts';
import { matrix } from './test/matrix/matrix.ts';
import { createScene, inputsFor, type Scene } from './test/matrix/scene.ts';
import { procedureTypes } from './test/procedures.ts';

/** Somebody whom permission does not stop, so that only the input can. */
const whoMay = ({ cast }: Scene, path: string) => (matrix[path]?.owner === 'FORBIDDEN' ? cast.siteAdmin : cast.owner);
const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
/** An own key, which `__proto__` in a literal would not be. */
const withKey = (input: unknown, key: string): Record<string, unknown> =>
  JSON.parse(
    `{${[...Object.entries((input as object | undefined) ?? {}), [key, 'admin']].map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`,
  );
const polluted = () => ({}) as { polluted?: unknown };

test('C11: the name of no column of any table, and of no prototype, is taken by an input that does not mean it', async () => {
  await using scene = await createScene('sqlite');
  const inputs = inputsFor(await scene.stage(), scene.cast, scene.ownersSession);
  const tables = [...scene.server.services.db.orm.getMetadata().getAll().values()];
  const columns = new Set(tables.flatMap((table) => Object.keys(table.properties)).flatMap((column) => [column, camel(column)]));
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'emailVerified', 'isAdmin', '$where', '__raw']) columns.add(key);
  const taken: string[] = [];
  let tries = 0;
  for (const { name, inputs: parsers } of procedures) {
    const whole = parsers.at(-1);
    if (!whole) taken.push(`${name} has no input`);
    const own = fieldsOf(parsers);
    for (const key of columns) {
      if (!whole || Object.hasOwn(own, key)) continue;
      const { success } = safeParse(whole, withKey(inputs[name], key));
      if (success && !optionsHave(whole, key)) taken.push(`${name}: ${key}`);
      tries++;
    }
  }
  process.stdout.write(`C11: ${columns.size} names tried on ${procedures.length} inputs, ${tries} in all\n`);
  expect(taken).toEqual([]);
  expect(columns.size).toBeGreaterThan(150);
});

/** A choice of several objects knows a name when one of them does. */
const optionsHave = (schema: z.ZodType, key: string): boolean => {
  const { options } = schema._zod.def as { options?: readonly z.ZodType[] };
  return options?.some((option) => Object.hasOwn(fieldsOf([option]), key)) ?? false;
};

test('E7: a key of prototypes is refused by every procedure, by call and by socket, and nothing is polluted', async () => {
  await using scene = await createScene('sqlite');
  const { server, cast } = scene;
  const inputs = inputsFor(await scene.stage(), cast, scene.ownersSession);
  const keys = ['"__proto__":{"polluted":true}', '"constructor":{"prototype":{"polluted":true}}'];
  using owners = await server.socket(cast.owner);
  using admins = await server.socket(cast.siteAdmin);
  const before = await server.state();
  const wrong: string[] = [];
  let id = 1_000;
  for (const [path, type] of procedureTypes) {
    for (const key of keys) {
      const body = JSON.stringify(inputs[path] ?? {})
        .replace(/\{/, (brace) => (inputs[path] ? `${brace}${key},` : `${brace}${key}`))
        .replace(',}', '}');
      const who = whoMay(scene, path);
      if (type !== 'subscription') {
        const query = type === 'query' ? `?input=${encodeURIComponent(body)}` : '';
        const headers = { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' };
        const { status } = await fetch(`${server.url}/trpc/${path}${query}`, {
          method: query ? 'GET' : 'POST',
          headers,
          ...(query ? {} : { body }),
        });
        if (status !== 400 && status !== 405) wrong.push(`${path} by call: ${status}`);
      }
      const socket = who === cast.owner ? owners : admins;
      const asked = ++id;
      socket.send(`{"id":${asked},"method":"${type}","params":{"path":"${path}","input":${body}}}`);
      await socket.query('users.me');
      const status = socket.frames.find((f) => f.id === asked)?.error?.data.httpStatus;
      if (status !== 400) wrong.push(`${path} by socket: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(polluted().polluted).toBeUndefined();
  expect(await server.state()).toBe(before);
  expect(server.faults).toEqual([]);
});

test('E14: every number of every input is a whole number within its bounds, and no text, truth or list', async () => {
  await using scene = await createScene('sqlite');
  const inputs = inputsFor(await scene.stage(), scene.cast, scene.ownersSession);
  const odd = ['null', 'true', '""', '"5"', '"1e2"', '[1]', '{}', '1.5', '-1', '-1e400', '1e400', '1e21', '9007199254740993'];
  const taken: string[] = [];
  let fields = 0;
  for (const { name, inputs: parsers } of procedures) {
    const whole = parsers.at(-1);
    for (const [field, schema] of Object.entries(fieldsOf(parsers)).filter(([, one]) => kindOf(one) === 'number')) {
      fields++;
      for (const text of odd) {
        if (text === 'null' && safeParse(schema as z.ZodType, null).success) continue; // means "none"
        const input = { ...(inputs[name] as object | undefined), [field]: JSON.parse(text) as unknown };
        if (whole && safeParse(whole, input).success) taken.push(`${name}.${field} ${text}`);
      }
    }
  }
  process.stdout.write(`E14: ${fields} numbers, ${odd.length} odd values each\n`);
  expect(taken).toEqual([]);
  expect(fields).toBeGreaterThan(20);
});

eachDatabase('hostile values', (dialect) => {
  test('E5, E8: SQL that sleeps and fifty kilobytes of malice in every field of every input are answered at once, and never by a fault', async () => {
    await using scene = await createScene(dialect);
    const { server, cast } = scene;
    const inputs = inputsFor(await scene.stage(), cast, scene.ownersSession);
    const values = [
      `x' OR SLEEP(5) OR '`,
      `x"); select randomblob(900000000); --`,
      `${'a\u0301\u0323'.repeat(12_000)}!`,
      `${'([{<a@'.repeat(8_000)}`,
    ];
    const ends = ['auth.signOut', 'auth.revokeOtherSessions', 'users.deleteMe'];
    const wrong: string[] = [];
    let [tries, slowest] = [0, 0];
    for (const { name, inputs: parsers } of procedures.filter(({ name, type }) => type !== 'subscription' && !ends.includes(name))) {
      for (const [field, schema] of Object.entries(fieldsOf(parsers)).filter(([, one]) => kindOf(one) === 'string')) {
        for (const value of values) {
          if (value.length > 1_000 && safeParse(schema as z.ZodType, value).success === false && procedureTypes.get(name) === 'query')
            continue; // no address is so long
          const input = { ...(inputs[name] as object | undefined), [field]: value };
          const start = performance.now();
          const { status, code } = await server.call(name, input, whoMay(scene, name));
          const took = performance.now() - start;
          slowest = Math.max(slowest, took);
          tries++;
          if (status >= 500) wrong.push(`${name}.${field}: ${status} ${code}`);
          if (took > 2_000 * patience) wrong.push(`${name}.${field}: ${Math.round(took)} ms`);
        }
      }
    }
    process.stdout.write(`E5, E8 [${dialect}]: ${tries} calls, the slowest ${Math.round(slowest)} ms\n`);
    expect(wrong).toEqual([]);
    expect(server.faults).toEqual([]);
  });
});
