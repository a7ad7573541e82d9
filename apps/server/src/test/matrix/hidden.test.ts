import { randomUUID } from 'node:crypto';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { call, type Reply } from '../http.ts';
import { procedureTypes } from '../procedures.ts';
import { callRest, facesOf } from '../rest.ts';
import { matrix, type Subject } from './matrix.ts';
import { createScene, inputsFor } from './scene.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same input about things that are nowhere. */
const nowhere = (input: unknown): unknown => JSON.parse(JSON.stringify(input).replace(uuid, () => randomUUID()));

/** What a reader of the answer sees, without what is new in each. */
const shown = ({ status, text, headers }: Reply) => ({
  status,
  body: text.replace(/"traceId":"[^"]+"/, '"traceId"').replace(uuid, 'id'),
  headers: [...headers].filter(([name]) => !['x-request-id', 'date', 'keep-alive'].includes(name) && !name.startsWith('ratelimit')),
});

const outside: readonly Subject[] = ['outsider', 'left', 'removed', 'moderator', 'siteAdmin'];

eachDatabase('what is hidden', (dialect) => {
  test('C13: what is not mine and what is nowhere get the same answer, to the byte and the header, by both doors', async () => {
    await using scene = await createScene(dialect);
    const { server, cast } = scene;
    const inputs = inputsFor(await scene.stage(), cast, scene.ownersSession);
    const wrong: unknown[] = [];
    let pairs = 0;
    for (const path of procedureTypes.keys()) {
      for (const subject of outside.filter((one) => matrix[path]?.[one] === 'NOT_FOUND')) {
        const token = scene.tokenOf(subject);
        const face = facesOf.get(path)?.[0];
        const asked = (input: unknown) => call(server.url, path, input, token === undefined ? {} : { token });
        const doors = face ? [asked, (input: unknown) => callRest(server.url, face, input, { token })] : [asked];
        for (const door of doors) {
          const [hidden, nothing] = [shown(await door(inputs[path])), shown(await door(nowhere(inputs[path])))];
          pairs++;
          if (JSON.stringify(hidden) !== JSON.stringify(nothing) || hidden.status !== 404) wrong.push({ path, subject, hidden, nothing });
        }
      }
    }
    process.stdout.write(`C13 [${dialect}]: ${pairs} pairs alike\n`);
    expect(wrong).toEqual([]);
    expect(pairs).toBeGreaterThan(100);
    expect(server.faults).toEqual([]);
  });
});
