import { describe, expect, test } from 'vitest';
import { message } from '../test/cast.ts';
import { capped, FIRST, inWindow, MOST_SHOWN, newer, newest, older, STEP, trimmed, type Window } from './window.ts';

const messages = Array.from({ length: 1_000 }, (_, at) => message({ seq: at * 3 + 1 }));
const shown = (window: Window) => inWindow(messages, window);

describe('what of a long conversation is drawn', () => {
  test('UI47: it begins with the newest step and follows the newest', () => {
    expect(shown(newest(messages))).toEqual(messages.slice(-FIRST));
    expect(inWindow(messages.slice(0, 5), newest(messages.slice(0, 5)))).toHaveLength(5);
  });

  test('UI47: reading all the way up and down again never draws more than the bound, nor skips a message', () => {
    const seen = new Set<number>();
    let window: Window | null = newest(messages);
    let last = window;
    for (let next: Window | null = window; next !== null; next = older(messages, next)) {
      last = next;
      expect(shown(next).length).toBeLessThanOrEqual(MOST_SHOWN);
      for (const each of shown(next)) seen.add(each.seq);
    }
    expect(seen.size).toBe(messages.length);
    expect(shown(last)[0]).toBe(messages[0]);
    window = last;
    for (let next = newer(messages, last); next !== null; next = newer(messages, next)) {
      expect(shown(next).length).toBeLessThanOrEqual(MOST_SHOWN);
      window = next;
    }
    expect(window.to).toBeNull();
    expect(shown(window).at(-1)).toBe(messages.at(-1));
  });

  test('UI4: a step up keeps everything that was near the reader', () => {
    const before = newest(messages);
    const after = older(messages, before);
    expect(after && shown(after)).toEqual(messages.slice(-FIRST - STEP));
  });

  test('UI47: messages that arrive live push the far past out, and only in steps', () => {
    const live: Window = { from: 0, to: null };
    expect(shown(trimmed(messages, live))).toHaveLength(MOST_SHOWN - STEP);
    const few = messages.slice(0, MOST_SHOWN);
    expect(trimmed(few, live)).toBe(live);
  });

  test('UI47: what arrives below somebody who reads further up is not drawn once the page is full, and is there when they come down', () => {
    const reading: Window = { from: messages[500]?.seq ?? 0, to: null };
    const kept = capped(messages, reading);
    expect(shown(kept)).toEqual(messages.slice(500, 500 + MOST_SHOWN));
    expect(capped(messages, kept)).toBe(kept);
    expect(shown(newer(messages, kept) ?? kept).at(-1)).toBe(messages[500 + MOST_SHOWN + STEP - 1]);
    const few = messages.slice(0, 500 + MOST_SHOWN);
    expect(capped(few, reading), 'not yet full').toBe(reading);
    const all: Window = { from: 0, to: messages[200]?.seq ?? 0 };
    expect(shown(capped(messages, all)), 'a page of history came').toEqual(messages.slice(0, MOST_SHOWN));
  });
});
