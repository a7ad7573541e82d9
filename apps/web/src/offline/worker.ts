import { outdated, shellFileFor } from './answers.ts';

/** The build puts the version and the addresses of the app's files here. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] };

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
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

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(current);
  const held =
    (await cache.match(path, { ignoreVary: true })) ?? (path === '/' ? undefined : await caches.match(path, { ignoreVary: true }));
  return held ?? fetch(request);
}
