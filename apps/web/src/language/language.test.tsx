import { refusalOf } from '@koreromai/client';
import { Refusal } from '@koreromai/contract';
import { render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LanguageChoice } from '../settings/language-choice.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { listed, number, plural } from './grammar.ts';
import { readLanguage } from './languages.ts';
import { reasonOf } from './refusals.ts';
import { speak } from './words.ts';

beforeEach(() => localStorage.clear());
afterEach(() => speak('en'));

describe('which language is spoken', () => {
  test("UI36: the first of the person's languages that we have, else English", () => {
    expect(readLanguage(['mi-NZ', 'en-NZ'])).toBe('mi');
    expect(readLanguage(['de-DE', 'mi', 'en'])).toBe('mi');
    expect(readLanguage(['en-GB', 'mi'])).toBe('en');
    expect(readLanguage(['de', 'ja'])).toBe('en');
    expect(readLanguage([])).toBe('en');
    // A pseudo-locale is never anybody's language by itself.
    expect(readLanguage(['ar-XB', 'en-XA'])).toBe('en');
  });

  test('UI36: what was chosen in this browser comes first; what is no language is as if nothing was', () => {
    localStorage.setItem('koreromai.language', 'mi');
    expect(readLanguage(['en'])).toBe('mi');
    localStorage.setItem('koreromai.language', 'toString');
    expect(readLanguage(['en'])).toBe('en');
  });

  test('UI36: choosing te reo Māori changes the page at once, says that nobody has reviewed it, and is kept', async () => {
    render(() => <LanguageChoice />);
    expect(screen.getByRole('radiogroup')).toHaveAccessibleDescription(/^Unreviewed: /);
    screen.getByRole('radio', { name: 'Te reo Māori' }).click();
    expect(await screen.findByRole('heading', { name: 'Reo' })).toBeVisible();
    expect(screen.getByRole('radiogroup')).toHaveAccessibleDescription(/^Kāore anō kia arotakengia: /);
    await vi.waitFor(() => expect(localStorage.getItem('koreromai.language')).toBe('mi'), 15_000);
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['mi', 'ltr']);
    await speak('ar-XB');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar-XB', 'rtl']);
    expect(screen.getByRole('heading')).toHaveTextContent(/^\[.*\]$/);
  });
});

describe('what is not a sentence', () => {
  const calendar = makeCalendar('Pacific/Auckland');
  const now = Date.parse('2026-11-21T01:00:00.000Z');

  test('UI36: days and months have their Māori names, which browsers lack', async () => {
    const shown = () => [
      calendar.dayName('2026-11-21', now),
      calendar.dayName('2026-11-18', now),
      calendar.dayName('2025-02-05', now),
      calendar.brief('2026-11-17T01:00:00.000Z', now),
      calendar.brief('2026-10-17T01:00:00.000Z', now),
    ];
    expect(shown()).toEqual(['Today', 'Wednesday, 18 November', 'Wednesday, 5 February 2025', 'Tue', '17 Oct']);
    await speak('mi');
    expect(shown()).toEqual(['I tēnei rā', 'Rāapa, 18 Whiringa-ā-rangi', 'Rāapa, 5 Huitanguru 2025', 'Rātū', '17 Nuku']);
  });

  test('UI36: the name of a month is that of the day where the reader is', async () => {
    await speak('mi');
    expect(calendar.full('2026-10-31T12:30:00.000Z')).toMatch(/^Rātapu, 1 Whiringa-ā-rangi 2026/); // still October in UTC
  });

  test('UI36: numbers, plurals and lists', async () => {
    const shown = () => [
      number(12_345),
      plural(1, { one: 'a', other: 'b' }),
      plural(0, { one: 'a', other: 'b' }),
      listed(['Ben', 'Brand and Co', 'Tama']),
    ];
    expect(shown()).toEqual(['12,345', 'a', 'b', 'Ben, Brand and Co and Tama']);
    await speak('mi');
    expect(shown()).toEqual(['12,345', 'a', 'b', 'Ben, Brand and Co me Tama']);
  });

  test('UI36: a refusal is told by its code, in English as the server worded it', async () => {
    const full = refusalOf(new Refusal('GROUP_FULL'));
    const lost = refusalOf(new Error('fetch failed'));
    expect([reasonOf({ ...full, message: 'As worded by a newer server.' }), reasonOf(lost)]).toEqual([
      'As worded by a newer server.',
      lost.message,
    ]);
    await speak('mi');
    expect(reasonOf(full)).toMatch(/^Tokotekau te nui rawa o te rōpū/);
    expect(reasonOf(lost)).toMatch(/^Kāore e taea te whakapā atu ki te tūmau/);
  });
});
