import { expect, test } from 'vitest';
import { currentChat, viewOf } from './paths.ts';

test('UI31: each path has one pane on a narrow screen', () => {
  const paths = ['/', '/new', '/rooms/1', '/c/1', '/c/1/m/7', '/c/1/details'];
  expect(paths.map(viewOf)).toEqual(['list', 'page', 'page', 'chat', 'chat', 'details']);
  expect(currentChat('/c/abc/details')).toBe('abc');
});
