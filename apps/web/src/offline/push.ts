import type { Client } from '@koreromai/client';
import { language } from '../language/words.ts';

/** How this browser stands: without push, forbidden by its owner, or able and told or not. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

const PLACE = 'koreromai.push';

/** Who wants this browser told. Another person who signs in here has not asked for that. */
function keep(userId: string | null): void {
  try {
    if (userId === null) localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, userId);
  } catch {
    // forbidden: it is asked for anew after the next start
  }
}
function wantedBy(): string | null {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}

const able = () => 'PushManager' in window && 'Notification' in window && navigator.serviceWorker !== undefined;
const registered = async () => (able() ? await navigator.serviceWorker.getRegistration() : undefined);

type Api = Client['api'];

/** How this browser stands for that person. Where it is on, the server is told again: the session may be another than it was. */
export async function pushState(api: Api, userId: string): Promise<PushState> {
  const registration = await registered();
  if (registration === undefined) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const held = await registration.pushManager.getSubscription();
  if (held === null || Notification.permission !== 'granted' || wantedBy() !== userId) return 'off';
  await tell(api, held).catch(() => undefined); // no network: what the server has of it holds, and it is told at the next start
  return 'on';
}

/** Asks the person, then the browser, then tells the server. To be called by a click alone. Rejects when the browser or the server refuses. */
export async function turnPushOn(api: Api, userId: string): Promise<PushState> {
  const registration = await registered();
  if (registration === undefined) return 'unsupported';
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off';
  const { key } = await api.push.key.query();
  await (await registration.pushManager.getSubscription())?.unsubscribe(); // it may be another person's, or made for another key
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  try {
    await tell(api, made);
  } catch (error) {
    await made.unsubscribe();
    throw error;
  }
  keep(userId);
  return 'on';
}

export async function turnPushOff(api: Api): Promise<PushState> {
  const held = await (await registered())?.pushManager.getSubscription();
  keep(null);
  if (held) {
    await held.unsubscribe();
    await api.push.unsubscribe.mutate({ endpoint: held.endpoint });
  }
  return 'off';
}

/** Whoever signs out is told no more on this device: the server knows by the session's end. */
export async function forgetPush(): Promise<void> {
  keep(null);
  await (await (await registered())?.pushManager.getSubscription())?.unsubscribe();
}

async function tell(api: Api, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const given = { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' };
  await api.push.subscribe.mutate({ endpoint: endpoint ?? '', keys: given, language: language() === 'mi' ? 'mi' : 'en' });
}

/** Leads to the chat whose notification was clicked, in the page that is open already. */
export function followNotices(go: (path: string) => void): () => void {
  const hear = (event: MessageEvent<unknown>) => {
    const path = typeof event.data === 'object' && event.data !== null && 'open' in event.data ? event.data.open : null;
    if (typeof path === 'string' && /^\/c\/[\da-f-]{36}$/.test(path)) go(path);
  };
  navigator.serviceWorker?.addEventListener('message', hear);
  return () => navigator.serviceWorker?.removeEventListener('message', hear);
}
