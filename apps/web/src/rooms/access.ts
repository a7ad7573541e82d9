import type { Room } from '@koreromai/contract';
import Hash from 'lucide-solid/icons/hash';
import KeyRound from 'lucide-solid/icons/key-round';
import ListChecks from 'lucide-solid/icons/list-checks';
import Lock from 'lucide-solid/icons/lock';
import { t } from './words.ts';

export const accessIcons = { public: Hash, allowlist: ListChecks, password: KeyRound } as const;

export const iconOf = (room: Pick<Room, 'access' | 'canEnter'>) =>
  room.canEnter || room.access === 'password' ? accessIcons[room.access] : Lock;

/** Why a room stands open or shut for its reader (UI38). */
export function lockReason(room: Pick<Room, 'access' | 'canEnter'>): string {
  if (room.access === 'password') return room.canEnter ? t('openByPassword') : t('lockedByPassword');
  if (room.access === 'allowlist') return room.canEnter ? t('openByList') : t('lockedByList');
  return room.canEnter ? t('openToAll') : t('denied');
}

/** Where a room leads: into it, or to its door. */
export const roomHref = (room: Pick<Room, 'id' | 'canEnter'>): string => (room.canEnter ? `/c/${room.id}` : `/rooms/${room.id}`);
