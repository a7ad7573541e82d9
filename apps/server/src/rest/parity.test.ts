import { randomUUID } from 'node:crypto';
import type { Face } from '@koreromai/api';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call } from '../test/http.ts';
import { matrix } from '../test/matrix/matrix.ts';
import { createScene, inputsFor, type Scene } from '../test/matrix/scene.ts';
import { callRest, facesOf } from '../test/rest.ts';
import { takesBody } from './input.ts';
import { procedures } from './procedures.ts';
import { fieldsOf, kindOf } from './shape.ts';

/** What has no face of its own, and why. */
const withoutFace: Readonly<Record<string, string>> = {
  'events.subscribe': 'a stream: GET /events, made by hand',
  'events.watch': 'speaks of the connection it comes by; a stream of server-sent events says its rooms when it begins',
};

test('every procedure has a face in REST or a reason to have none, and an input to try it with', () => {
  const faceless = procedures.filter(({ name, faces }) => faces.length === 0 && !withoutFace[name]).map(({ name }) => name);
  expect(faceless, 'no face').toEqual([]);
  const inputs = inputsFor(anyone, anyone, '');
  expect(
    [...facesOf.keys()].filter((name) => !Object.hasOwn(inputs, name)),
    'no input',
  ).toEqual([]);
});

test('every parameter of a path is a field of the input', () => {
  const lost = procedures.flatMap(({ name, faces, inputs }) =>
    faces.flatMap(({ path, params = {} }) =>
      [...path.matchAll(/\{(\w+)\}/g)]
        .filter(([, part = '']) => !(params[part] ?? part in fieldsOf(inputs)))
        .map(([part]) => `${name}: ${part}`),
    ),
  );
  expect(lost).toEqual([]);
});

/** Stands for everybody and everything on a stage, to ask for no more than the names of the inputs. */
const anyone = new Proxy({}, { get: () => anyone }) as never;

/** Where a JSON value can stand: in a body any, in a query or a path only what a text can say. */
const anything: readonly unknown[] = [
  null,
  true,
  '',
  'x',
  '5',
  '1e2',
  'NaN',
  '-0',
  -1,
  0,
  1.5,
  1e21,
  9_007_199_254_740_992,
  {},
  { $ne: 1 },
  { __raw: true },
  [],
  ['x'],
  [['x']],
  'x'.repeat(5_000),
];
const texts: readonly string[] = [
  'x',
  '-1',
  '1.5',
  '1e2',
  'NaN',
  '-0',
  '+5',
  '0x10',
  ' 5',
  '５',
  '99999999999999999999',
  'null',
  'true',
  'x'.repeat(5_000),
];
const numbers: readonly number[] = [-1, 0, 1.5, 101, 1e21, 9_007_199_254_740_992];

interface Try {
  readonly what: string;
  readonly input: unknown;
}

/** Inputs that are not what they should be, from one that is. */
function triesOf(name: string, face: Face, good: Readonly<Record<string, unknown>>): Try[] {
  const fields = fieldsOf(procedures.find((p) => p.name === name)?.inputs ?? []);
  const inPath = new Set([...face.path.matchAll(/\{(\w+)\}/g)].map(([, part = '']) => face.params?.[part] ?? part));
  const tries: Try[] = [{ what: 'an unknown key', input: { ...good, admin: 'true' } }];
  for (const field of new Set([...Object.keys(good), ...Object.keys(fields)])) {
    if (face.fixed && field in face.fixed) continue;
    const one = (value: unknown, what = `${field} ${JSON.stringify(value)?.slice(0, 40)}`) =>
      tries.push({ what, input: { ...good, [field]: value } });
    const { [field]: had, ...rest } = good;
    if (!inPath.has(field)) tries.push({ what: `no ${field}`, input: rest });
    if (typeof had === 'string') one(randomUUID(), `${field} of nobody`);
    if (takesBody(face) && !inPath.has(field)) for (const value of anything) one(value);
    else {
      for (const text of texts) if (!canBe(fields[field], text)) one(text);
      const kind = fields[field] === undefined ? 'string' : kindOf(fields[field]);
      if (kind === 'number') for (const number of numbers) one(number);
    }
  }
  return tries;
}

/** A text that says a value of another kind in a query is that value, so it is no wrong text. */
const canBe = (field: ReturnType<typeof fieldsOf>[string] | undefined, text: string) =>
  field !== undefined &&
  ((kindOf(field) === 'number' && /^\d+$/.test(text)) || (kindOf(field) === 'boolean' && text === 'true') || kindOf(field) === 'list');

/** Good inputs that would end the cast's sessions; the matrix tries them. */
const ends = ['auth.signOut', 'auth.revokeSession', 'auth.revokeOtherSessions'];

eachDatabase('parity', (dialect) => {
  test('E14: the same input has the same verdict over tRPC and over REST, whoever calls and whatever is wrong with it', async () => {
    await using scene = await createScene(dialect);
    const { server, cast } = scene;
    const counts = { tries: 0, refused: 0 };
    const wrong: string[] = [];
    // Two stages of the same make: what one door changes in its own, the other changes in the other.
    const [forTrpc, forRest] = [await scene.stage(), await scene.stage()];
    for (const [name, faces] of facesOf) {
      for (const [i, face] of faces.entries()) {
        const goods = [forTrpc, forRest].map((stage) => inputsFor(stage, cast, scene.ownersSession)[name]) as Record<string, unknown>[];
        const [tried, twins] = goods.map((good) => triesOf(name, face, good ?? {}));
        for (const [j, { what, input }] of (tried ?? []).entries()) {
          if (i > 0 && what.includes(' "')) continue; // another path to the same fields
          for (const [who, token] of callers(scene, name)) {
            if (who !== 'allowed' && !/unknown key|^no |of nobody/.test(what)) continue;
            const trpc = await call(server.url, name, input, token === undefined ? {} : { token });
            const rest = await callRest(server.url, face, twins?.[j]?.input, { token });
            counts.tries++;
            if (trpc.code !== null) counts.refused++;
            const same = trpc.code === rest.code && (trpc.code === null ? rest.status < 300 : trpc.status === rest.status);
            const full = /^TOO_MANY_(BOTS|TOKENS|HOOKS)$/.test(rest.code ?? '');
            const taken = trpc.code === null && (full || (name === 'rooms.create' && rest.code === 'ROOM_NAME_TAKEN')); // by the other door, a moment ago
            if (!same && !taken)
              wrong.push(
                `${name} by ${face.method} ${face.path}, ${what}, ${who}: ${trpc.status} ${trpc.code}, but ${rest.status} ${rest.code}`,
              );
          }
        }
        for (const [who, token] of callers(scene, name).slice(1)) {
          if (ends.includes(name) || (matrix[name]?.[who === 'anonymous' ? 'anonymous' : 'outsider'] ?? 'ok') === 'ok') continue; // the matrix says yes
          const [trpc, rest] = [
            await call(server.url, name, goods[0], token ? { token } : {}),
            await callRest(server.url, face, goods[1], { token }),
          ];
          if (trpc.code !== rest.code || trpc.status !== rest.status) wrong.push(`${name}, good, ${who}: ${trpc.code}, but ${rest.code}`);
          counts.tries++;
          counts.refused++;
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(server.faults).toEqual([]);
    expect(counts.refused).toBeGreaterThan(1_000);
    process.stdout.write(`Parity [${dialect}]: ${counts.tries} inputs by both doors, ${counts.refused} refused alike\n`);
  });
});

/** Whom permission does not stop, then whom it may. */
function callers({ cast }: Scene, name: string): [who: string, token: string | undefined][] {
  const row = matrix[name];
  const allowed = row?.owner === 'FORBIDDEN' ? cast.siteAdmin : row?.owner !== 'ok' && row?.invited === 'ok' ? cast.invited : cast.owner;
  return [
    ['allowed', allowed.token],
    ['outsider', cast.outsider.token],
    ['anonymous', undefined],
  ];
}
