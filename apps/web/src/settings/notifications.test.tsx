import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { followNotices, forgetPush } from '../offline/push.ts';
import { SessionProvider } from '../session/session.tsx';
import { me, signedIn } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { Notifications } from './notifications.tsx';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

/** A browser with push, whose owner answers the question so, and a server that takes or refuses it. */
function scene(owner: {
  permission: NotificationPermission;
  answers?: NotificationPermission;
  refuses?: boolean;
  without?: boolean;
  another?: boolean;
}) {
  let held: { endpoint: string } | null = null;
  const unsubscribe = vi.fn(async () => {
    held = null;
    return true;
  });
  const made = {
    endpoint: 'https://push.example/1',
    toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: 'B', auth: 'a' } }),
    unsubscribe,
  };
  const subscribe = vi.fn(async () => {
    held = made;
    return made;
  });
  const asked = vi.fn(async () => {
    notification.permission = owner.answers ?? 'granted';
    return notification.permission;
  });
  if (owner.another) {
    held = made;
    localStorage.setItem('koreromai.push', 'somebody-else');
  }
  const notification = { permission: owner.permission, requestPermission: asked };
  vi.stubGlobal('Notification', notification);
  vi.stubGlobal('PushManager', class {});
  const workers = Object.assign(new EventTarget(), {
    getRegistration: async () => (owner.without ? undefined : { pushManager: { getSubscription: async () => held, subscribe } }),
  });
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  const told = vi.fn(async () => {
    if (owner.refuses) throw new Error('offline');
  });
  const untold = vi.fn(async () => undefined);
  const api = {
    push: { key: { query: async () => ({ key: 'BKEY' }) }, subscribe: { mutate: told }, unsubscribe: { mutate: untold } },
    preferences: { get: { query: async () => ({ receipts: true, mails: 'counts' }) } },
  };
  const client = Object.assign(Object.create(makeFakeClient(signedIn())), { api });
  render(() => (
    <SessionProvider client={client}>
      <Notifications />
    </SessionProvider>
  ));
  const box = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /Tell me on this device/ });
  return { box, asked, subscribe, unsubscribe, told, untold, workers };
}

test('UI28: nobody is asked before they tick the box; then the browser is subscribed with the server’s key, and off is off', async () => {
  const { box, asked, subscribe, unsubscribe, told, untold } = scene({ permission: 'default' });
  await waitFor(() => expect(box()).toBeEnabled());
  expect(asked).not.toHaveBeenCalled();
  fireEvent.click(box());
  await waitFor(() => expect(box().checked && !box().disabled).toBe(true));
  expect(subscribe.mock.calls).toEqual([[{ userVisibleOnly: true, applicationServerKey: 'BKEY' }]]);
  expect(told.mock.calls).toEqual([[{ endpoint: 'https://push.example/1', keys: { p256dh: 'B', auth: 'a' }, language: 'en' }]]);
  expect(localStorage.getItem('koreromai.push')).toBe(me.id);
  fireEvent.click(box());
  await waitFor(() => expect(untold.mock.calls).toEqual([[{ endpoint: 'https://push.example/1' }]]));
  expect(unsubscribe).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(box().checked).toBe(false));
});

test('UI28: who forbids it, and whose browser cannot, is told how it stands', async () => {
  const { box } = scene({ permission: 'default', answers: 'denied' });
  await waitFor(() => expect(box()).toBeEnabled());
  fireEvent.click(box());
  expect(await screen.findByText(/are blocked in this browser/)).toBeInTheDocument();
  expect([box().checked, box().disabled]).toEqual([false, true]);
});

test('UI28: a browser without push says so, and the box cannot be ticked', async () => {
  const { box } = scene({ permission: 'default', without: true });
  expect(await screen.findByText(/cannot be told here/)).toBeInTheDocument();
  expect(box()).toBeDisabled();
});

test('UI28: what the server does not take is undone in the browser, and said', async () => {
  const { box, unsubscribe } = scene({ permission: 'granted', refuses: true });
  await waitFor(() => expect(box()).toBeEnabled());
  fireEvent.click(box());
  expect(await screen.findByText(/could not be signed up/)).toBeInTheDocument();
  expect([box().checked, unsubscribe.mock.calls.length]).toEqual([false, 1]);
});

test('UI28: a browser that somebody else had told is off for who signs in next, until they want it; signing out ends it', async () => {
  const { box, subscribe, told, unsubscribe } = scene({ permission: 'granted', another: true });
  await waitFor(() => expect(box()).toBeEnabled());
  expect([box().checked, told.mock.calls.length]).toEqual([false, 0]);
  fireEvent.click(box());
  await waitFor(() => expect(box().checked && !box().disabled).toBe(true));
  expect([unsubscribe.mock.calls.length, subscribe.mock.calls.length, told.mock.calls.length]).toEqual([1, 1, 1]); // the old one goes first
  await forgetPush();
  expect([unsubscribe.mock.calls.length, localStorage.getItem('koreromai.push')]).toEqual([2, null]);
});

test('UI28: a click on a notification leads to its chat in the open page, and nowhere else', async () => {
  const { workers } = scene({ permission: 'granted' });
  const went: string[] = [];
  const end = followNotices((path) => went.push(path));
  const say = (data: unknown) => workers.dispatchEvent(new MessageEvent('message', { data }));
  const chat = '/c/019aa3c5-2f70-7e1b-9c44-5d0f6b7a8e21';
  for (const data of ['take-over', null, { open: 7 }, { open: 'https://evil.example' }, { open: '/settings' }, { open: chat }]) say(data);
  end();
  say({ open: chat });
  expect(went).toEqual([chat]);
});
