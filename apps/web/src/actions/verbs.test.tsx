import { expect, test } from 'vitest';
import { aroha, group, me, message } from '../test/cast.ts';
import { verbsFor } from './verbs.ts';

const mine = message({ seq: 1, author: aroha });
const theirs = message({ seq: 2 });
const as = (parts: Parameters<typeof group>[0], which = theirs) => verbsFor(which, group(parts), me.id).join(' ');

test('UI12: with my own message I may do everything, with others’ all but change it; what destroys comes last', () => {
  expect(as({ myRole: 'member' }, mine)).toBe('like react answer edit copy link hide delete');
  expect(as({ myRole: 'member' })).toBe('like react answer copy link hide');
  for (const myRole of ['owner', 'admin'] as const) expect(as({ myRole })).toBe('like react answer copy link hide delete');
  expect(as({ kind: 'direct', myRole: 'owner' })).toBe('like react answer copy link hide');
});

test('UI12: a tombstone can be hidden, a closed chat read, and a picture has no text to copy', () => {
  expect(as({}, { ...mine, deleted: true, text: null })).toBe('hide');
  expect(as({ state: 'closed', myRole: 'member' }, mine)).toBe('copy link hide delete');
  expect(as({ myRole: 'member' }, { ...theirs, text: '' })).toBe('like react answer link hide');
});
