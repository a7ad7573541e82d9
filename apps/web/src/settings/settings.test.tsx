import { describe, expect, test } from 'vitest';
import { deviceName } from './device.ts';
import { shortcuts, verbOf } from './shortcut-table.ts';

test('UI33: no two shortcuts share their keys, and each finds its verb', () => {
  const keys = shortcuts.map((each) => [each.key, each.alt, each.shift, each.control].join());
  expect(new Set(keys).size).toBe(shortcuts.length);
  for (const each of shortcuts) {
    const pressed = {
      key: each.key,
      altKey: each.alt === true,
      shiftKey: each.shift === true,
      ctrlKey: each.control === true,
      metaKey: false,
    };
    expect(verbOf(pressed)).toBe(each.verb);
  }
  const question = { key: '?', altKey: false, shiftKey: true, ctrlKey: false, metaKey: false };
  expect([verbOf(question), verbOf(question, true)]).toEqual(['help', undefined]);
  expect(verbOf({ key: 'ArrowUp', altKey: false, shiftKey: false, ctrlKey: false, metaKey: false })).toBeUndefined();
});

describe('devices', () => {
  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36', 'Chrome on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge on Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'Safari on iPhone'],
    ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox on Android'],
    ['', 'Unknown device'],
    ['curl/8.0', 'curl/8.0'],
  ])('UI43: %j is shown as %j', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
});
