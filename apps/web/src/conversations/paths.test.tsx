import { expect, test } from 'vitest';
import { currentChat, viewOf } from './paths.ts';

test('UI31: each path has one pane on a narrow screen', () => {
  expect(['/', '/new', '/settings', '/c/1', '/c/1/details'].map(viewOf)).toEqual(['list', 'new', 'settings', 'chat', 'details']);
  expect(currentChat('/c/abc/details')).toBe('abc');
});
