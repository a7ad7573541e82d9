import { roomsOpenTo, standingOf, veilsOf } from '@koreromai/db';
import type { Services } from '../services.ts';

/** What a user may see now, for their feed: where they are, and those of the rooms they ask for that they may enter. */
export const standingFor =
  (services: Pick<Services, 'read'>, rooms: () => Iterable<string> = () => []) =>
  async (userId: string) => {
    const [own, asked] = await Promise.all([standingOf(services.read, userId), roomsOpenTo(services.read, userId, [...rooms()])]);
    return new Map([...asked, ...own]);
  };

/** What a user cleared and hid, for their feed. */
export const veilsFor = (services: Pick<Services, 'read'>) => (userId: string) => veilsOf(services.read, userId);
