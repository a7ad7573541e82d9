import { expect, test } from 'vitest';
import { appRouter } from '../root.ts';
import { mayByToken, type Needed, neededFor, scopesOf } from './scopes.ts';

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation' } }>);
const asked = (needed: Needed) => procedures.filter(([path, { _def }]) => neededFor(path, _def.type) === needed).map(([path]) => path);

test('IN3: every procedure there is asks a bot for one scope, or is for people; what writes is written down here', () => {
  const nouns = (paths: readonly string[]) => [...new Set(paths.map((path) => path.split('.')[0]))].toSorted();
  expect(nouns(asked('people')).filter((noun) => asked('read').every((path) => !path.startsWith(`${noun}.`)))).toEqual(
    ['admin', 'auth', 'bots', 'hooks', 'mail', 'preferences', 'push', 'webhooks'].toSorted(),
  );
  expect(asked('post').toSorted()).toEqual([
    'attachments.describe',
    ...['delete', 'edit', 'post', 'report', 'unhide'].map((verb) => `messages.${verb}`),
    'presence.typing',
  ]);
  expect(asked('people').filter((path) => path.endsWith('.create') && /^(conversations|rooms|users)\./.test(path))).toHaveLength(3);
  for (const [path, { _def }] of procedures) {
    const needed = neededFor(path, _def.type);
    if (/^(admin|auth|bots)\./.test(path)) expect([path, needed]).toEqual([path, 'people']);
    if (_def.type === 'mutation' && path !== 'events.watch') expect([path, needed]).not.toEqual([path, 'read']);
  }
  expect(procedures.length).toBeGreaterThan(100);
});

test('IN3: a person has no scopes and needs none; a stored word that is not known gives nothing', () => {
  expect(scopesOf(null)).toBeNull();
  expect([...(scopesOf('read admin post') ?? [])]).toEqual(['read', 'post']);
  expect(() => mayByToken(null, 'people')).not.toThrow();
  expect(() => mayByToken(new Set(), 'read')).toThrow();
});
