import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

const LOOK_EVERY = 3_600_000;
const OFFERED_FOR = 60_000;

/**
 * Keeps the app's own files on this device, so that it opens without a network. A newer version is fetched beside the one that runs
 * and offered; it takes over when somebody wants it, or by itself when no page of the old one is open any more.
 */
export async function keepShell(workers: ServiceWorkerContainer | undefined = navigator.serviceWorker): Promise<void> {
  if (workers === undefined) return; // not served securely, or forbidden: everything works, with a network
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  if (registration === undefined) return;
  let chosen = false;
  workers.addEventListener('controllerchange', () => {
    if (chosen) location.reload();
  });
  const offer = (waiting: ServiceWorker) => {
    const run = () => {
      chosen = true;
      waiting.postMessage('take-over');
    };
    toast(t('newVersion'), { action: { verb: t('useItNow'), run }, stays: OFFERED_FOR });
  };
  const follow = (coming: ServiceWorker | null) =>
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && workers.controller) offer(coming); // without a controller it is the first
    });
  if (registration.waiting && workers.controller) offer(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  setInterval(() => registration.update().catch(() => undefined), LOOK_EVERY); // away: at the next turn
}
