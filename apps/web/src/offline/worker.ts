import { outdated, shellFileFor } from './answers.ts';
import { isShown, newsIn, noticeOf, pageFor, pathOf } from './notice/notice.ts';

/** The build puts the version and the addresses of the app's files here. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] };

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushed extends Lasting {
  readonly data: { text(): string } | null;
}
interface Clicked extends Lasting {
  readonly notification: { readonly data: unknown; close(): void };
}
/** A page of ours. */
interface Page {
  readonly url: string;
  readonly visibilityState: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface Scope {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(of: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(path: string): Promise<unknown>;
  };
  readonly registration: { showNotification(title: string, options: object): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'push', listener: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}
const scope = globalThis as unknown as Scope; // the DOM's types know no worker

const { version, files } = __SHELL__;
const prefix = 'koreromai-shell-';
const current = `${prefix}${version}`;
const known = new Set(files);

scope.addEventListener('install', (event) => {
  // What carries a hash in its name cannot be stale in the browser's own cache.
  const wanted = files.map((path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload' }));
  event.waitUntil(caches.open(current).then((cache) => cache.addAll(wanted)));
});

scope.addEventListener('activate', (event) => {
  const tidied = caches.keys().then((names) => Promise.all(outdated(names, prefix, current).map((name) => caches.delete(name))));
  event.waitUntil(Promise.all([tidied, scope.clients.claim()]));
});

scope.addEventListener('fetch', (event) => {
  const path = shellFileFor(event.request, known, scope.location.origin);
  if (path !== null) event.respondWith(answer(path, event.request));
});

/** Only a person decides when the new version takes over (see keepShell). */
scope.addEventListener('message', (event) => {
  if (event.data === 'take-over') void scope.skipWaiting();
});

scope.addEventListener('push', (event) => event.waitUntil(tell(event.data?.text())));
scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

const pages = () => scope.clients.matchAll({ type: 'window', includeUncontrolled: true });

async function tell(text: string | undefined): Promise<void> {
  const news = newsIn(text);
  if (news === null || isShown(await pages(), news.chat)) return;
  const { title, options } = noticeOf(news);
  await scope.registration.showNotification(title, options);
}

/** In a page that is open already, whose state and unsent words are worth more than a fresh one; see `followNotices`. */
async function open(data: unknown): Promise<void> {
  const path = typeof data === 'object' && data !== null && 'chat' in data ? pathOf(String(data.chat)) : '/';
  const page = pageFor(await pages());
  if (page === undefined) return void (await scope.clients.openWindow(path));
  await page.focus();
  page.postMessage({ open: path });
}

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(current);
  const held =
    (await cache.match(path, { ignoreVary: true })) ?? (path === '/' ? undefined : await caches.match(path, { ignoreVary: true }));
  return held ?? fetch(request);
}
