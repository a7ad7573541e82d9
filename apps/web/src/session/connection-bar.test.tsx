import type { State } from '@koreromai/client';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { ConnectionBar } from './connection-bar.tsx';
import { returnPath, signInPath } from './return-path.ts';
import { SessionProvider } from './session.tsx';

describe('the bar about the connection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const show = (parts: Partial<State> = {}) => {
    const client = makeFakeClient(signedIn(parts));
    render(() => (
      <SessionProvider client={client}>
        <ConnectionBar />
      </SessionProvider>
    ));
    return client;
  };
  const bar = () => screen.getByTestId('connection');

  test('UI8: a break is quiet for five seconds, then it reads "Reconnecting…"', () => {
    const client = show();
    client.change({ connection: { status: 'reconnecting', since: Date.now() } });
    vi.advanceTimersByTime(4_999);
    expect(bar()).toBeEmptyDOMElement();
    vi.advanceTimersByTime(1);
    expect(bar()).toHaveTextContent('Reconnecting…');
  });

  test('UI8: a break that heals sooner is never spoken of', () => {
    const client = show();
    client.change({ connection: { status: 'reconnecting', since: Date.now() } });
    vi.advanceTimersByTime(4_000);
    client.change({ connection: { status: 'live' } });
    vi.advanceTimersByTime(60_000);
    expect(bar()).toBeEmptyDOMElement();
  });

  test('UI8: when it lasts the bar says what happens to messages, and goes when the line is back', () => {
    const client = show();
    client.change({ connection: { status: 'offline', since: Date.now() - 30_000 } });
    expect(bar()).toHaveTextContent('Offline – messages will be sent later');
    screen.getByRole('button', { name: 'Try now' }).click();
    expect(client.asked.map((each) => each.verb)).toContain('wake');
    client.change({ connection: { status: 'live' } });
    expect(bar()).toBeEmptyDOMElement();
  });

  test('UI8: a browser that knows of no network says so; who opens the page like that reads it at once', () => {
    const offline = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const client = show();
    client.change({ connection: { status: 'reconnecting', since: Date.now() } });
    expect(bar()).toBeEmptyDOMElement();
    vi.advanceTimersByTime(5_000);
    expect(bar()).toHaveTextContent('Offline');
    offline.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    expect(bar()).toHaveTextContent('Reconnecting…');
    cleanup();

    offline.mockReturnValue(false);
    const opened = show({ connection: { status: 'connecting' } });
    opened.change({ connection: { status: 'reconnecting', since: Date.now() } });
    expect(bar()).toHaveTextContent('Offline – messages will be sent later');
    offline.mockRestore();
  });
});

describe('the way back after signing in', () => {
  test('S0: it is a path of ours and nothing else', () => {
    expect(signInPath('/c/1')).toBe('/sign-in?to=%2Fc%2F1');
    expect(signInPath('/')).toBe('/sign-in');
    expect(returnPath('/c/1')).toBe('/c/1');
    for (const hostile of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/a\\b',
      undefined,
      ['/a'],
    ]) {
      expect(returnPath(hostile)).toBe('/');
    }
  });
});
