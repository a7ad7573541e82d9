import { mailReset } from '../auth/password.ts';
import { expireInvitation } from '../invitations/expire.ts';
import type { Services } from '../services.ts';
import { depart } from '../users/departure.ts';
import { tellProfile } from '../users/tell.ts';
import type { JobKind } from './jobs.ts';

/** Every kind of work that goes on after its request was answered, by the name in the table. A name that was landed is never given to other work. */
export const jobKinds = (services: Services): ReadonlyMap<string, JobKind> =>
  new Map<string, JobKind>([
    ['password.forgotten', mailReset(services)],
    ['account.depart', depart(services)],
    ['invitation.expire', expireInvitation(services)],
    ['preview.fetch', services.previews.job],
    ['profile.tell', tellProfile(services)],
  ]);
