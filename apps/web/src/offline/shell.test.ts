import { fireEvent, render, screen } from '@solidjs/testing-library';
import { describe, expect, test, vi } from 'vitest';
import { Toasts } from '../ui/toast.tsx';
import { outdated, shellFileFor } from './answers.ts';
import { keepShell } from './shell.ts';

describe('what the worker answers', () => {
  const origin = 'https://chat.example';
  const files = new Set(['/', '/favicon.svg', '/assets/index-1.js']);
  const ask = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
    shellFileFor({ url: new URL(path, origin).href, mode, method }, files, origin);

  test('its own files, and the page for every place in it', () => {
    expect(ask('/assets/index-1.js')).toBe('/assets/index-1.js');
    expect(ask('/favicon.svg')).toBe('/favicon.svg');
    for (const place of ['/', '/c/1', '/c/1/m/7', '/settings', '/join/token', '/apiary']) expect(ask(place, 'navigate')).toBe('/');
  });

  test('nothing of the API, of files, of other sites and of other methods: no account’s answers ever lie in a cache', () => {
    for (const path of ['/api/v1/session', '/api/v1/files/1', '/trpc/session.snapshot', '/trpc', '/metrics', '/readyz', '/healthz']) {
      expect(ask(path)).toBeNull();
      expect(ask(path, 'navigate')).toBeNull();
    }
    for (const path of ['/unsubscribe/token', '/api/docs', '/assets/other.js', '/emoji/data.json', 'https://other.example/'])
      expect(ask(path, 'navigate')).toBeNull();
    expect(ask('/c/1')).toBeNull();
    expect(ask('/', 'navigate', 'POST')).toBeNull();
    expect(ask('https://other.example/assets/index-1.js')).toBeNull();
  });

  test('the version before stays for pages that are still open, older ones go, and what is not ours stays', () => {
    expect(outdated(['shell-1', 'theirs', 'shell-2', 'shell-3'], 'shell-', 'shell-3')).toEqual(['shell-1']);
    expect(outdated(['shell-3'], 'shell-', 'shell-3')).toEqual([]);
  });
});

describe('a newer version', () => {
  function workers(controller: object | null) {
    const registration = Object.assign(new EventTarget(), {
      waiting: null as unknown,
      installing: null as unknown,
      update: vi.fn(async () => undefined),
    });
    const container = Object.assign(new EventTarget(), { controller, register: vi.fn(async () => registration) });
    const worker = () => Object.assign(new EventTarget(), { state: 'installing', postMessage: vi.fn() });
    const arrive = (coming: ReturnType<typeof worker>) => {
      registration.installing = coming;
      registration.dispatchEvent(new Event('updatefound'));
      coming.state = 'installed';
      coming.dispatchEvent(new Event('statechange'));
    };
    return { registration, container: container as unknown as ServiceWorkerContainer, worker, arrive };
  }

  test('is offered and never forced: it takes over when somebody says so', async () => {
    const { container, worker, arrive } = workers({});
    render(() => Toasts());
    await keepShell(container);
    expect(screen.queryByText(/new version/)).toBeNull();
    const coming = worker();
    arrive(coming);
    expect(await screen.findByText('A new version of KoreroMai is ready.')).toBeInTheDocument();
    expect(coming.postMessage).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Use it now' }));
    expect(coming.postMessage.mock.calls).toEqual([['take-over']]);
  });

  test('the very first one says nothing, and a browser without workers is no trouble', async () => {
    const { container, worker, arrive } = workers(null);
    render(() => Toasts());
    await keepShell(container);
    arrive(worker());
    await keepShell(undefined);
    const refusing = { register: () => Promise.reject(new Error('forbidden')) };
    await keepShell(refusing as unknown as ServiceWorkerContainer);
    expect(screen.queryByText(/new version/)).toBeNull();
  });
});
