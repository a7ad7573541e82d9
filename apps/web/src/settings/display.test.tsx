import { fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { speak } from '../language/words.ts';
import { makeCalendar } from '../timeline/calendar.ts';
import { display, keepDisplay } from './display.ts';
import { DisplayChoice } from './display-choice.tsx';

afterEach(async () => {
  keepDisplay('order', 'newestLast');
  keepDisplay('density', 'cosy');
  keepDisplay('hours', 'asLanguage');
  localStorage.clear();
  await speak('en');
});

test('UI46: order, spacing and hours are chosen, hold at once and are kept', () => {
  render(() => <DisplayChoice />);
  const choose = (name: string) => fireEvent.click(screen.getByRole('radio', { name }));
  expect(screen.getByRole('radio', { name: 'Newest below' })).toBeChecked();
  choose('Newest first');
  choose('Compact');
  choose('24 hours');
  expect([display.order(), display.density(), display.hours()]).toEqual(['newestFirst', 'compact', 'twentyFour']);
  expect(document.documentElement.dataset.density).toBe('compact');
  const kept = ['order', 'density', 'hours'].map((name) => localStorage.getItem(`koreromai.${name}`));
  expect(kept).toEqual(['newestFirst', 'compact', 'twentyFour']);
  expect(screen.getByRole('radio', { name: 'Newest first' })).toBeChecked();
});

test('UI46: what was kept is there after a reload, and what is no choice is as if nothing was', async () => {
  localStorage.setItem('koreromai.order', 'newestFirst');
  localStorage.setItem('koreromai.density', 'toString');
  vi.resetModules();
  const { display: again } = await import('./display.ts');
  expect([again.order(), again.density(), again.hours()]).toEqual(['newestFirst', 'cosy', 'asLanguage']);
});

test('UI46: the hours change every time of day and nothing else, in each language', async () => {
  const calendar = makeCalendar('Pacific/Auckland');
  const [at, midnight] = ['2026-11-21T01:05:00.000Z', '2026-11-21T11:05:00.000Z'];
  expect(calendar.time(at)).toBe('2:05 pm');
  keepDisplay('hours', 'twentyFour');
  expect([calendar.time(at), calendar.time(midnight)]).toEqual(['14:05', '00:05']);
  expect(calendar.full(at)).toContain('14:05');
  await speak('mi');
  expect(calendar.time(at)).toBe('14:05');
  expect(calendar.dayName('2026-11-18', Date.parse(at))).toBe('Rāapa, 18 Whiringa-ā-rangi');
  keepDisplay('hours', 'twelve');
  const plain = (time: string) => time.replace(/\s/gu, ' '); // some browsers put a narrow space there
  expect([at, midnight].map((each) => plain(calendar.time(each)))).toEqual(['2:05 pm', '12:05 am']);
});
