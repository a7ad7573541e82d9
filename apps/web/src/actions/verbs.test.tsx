import { expect, test } from 'vitest';
import { aroha, group, me, message } from '../test/cast.ts';
import { verbsFor } from './verbs.ts';

const mine = message({ seq: 1, author: aroha });
const theirs = message({ seq: 2 });
const as = (parts: Parameters<typeof group>[0], which = theirs) => verbsFor(which, group(parts), me).join(' ');

test('UI12: with my own message I may do everything, with others’ all but change it; what destroys comes last', () => {
  expect(as({ myRole: 'member' }, mine)).toBe('like react answer edit copy link pin hide delete');
  expect(as({ myRole: 'member' })).toBe('like react answer copy link pin unread report hide');
  for (const myRole of ['owner', 'admin'] as const)
    expect(as({ myRole })).toBe('like react answer copy link pin unread report hide delete');
  expect(as({ kind: 'direct', myRole: 'owner' })).toBe('like react answer copy link pin unread report hide');
});

test('UI12: a tombstone can be hidden, a closed chat read, and a picture has no text to copy', () => {
  expect(as({}, { ...mine, deleted: true, text: null })).toBe('hide');
  expect(as({ state: 'closed', myRole: 'member' }, mine)).toBe('copy link hide delete');
  expect(as({ myRole: 'member' }, { ...theirs, text: '' })).toBe('like react answer link pin unread report hide');
});

test('UI12: in a room those who keep it pin, and who only looks in marks nothing as unread', () => {
  expect(as({ kind: 'room', myRole: null })).toBe('like react answer copy link report hide');
  expect(as({ kind: 'room', myRole: 'admin' })).toBe('like react answer copy link pin unread report hide delete');
  expect(verbsFor(theirs, group({ kind: 'room', myRole: 'member' }), { ...me, role: 'moderator' })).toContain('pin');
});
