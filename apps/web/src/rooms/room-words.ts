import type { Room, RoomAccess } from '@koreromai/contract';
import Hash from 'lucide-solid/icons/hash';
import KeyRound from 'lucide-solid/icons/key-round';
import ListChecks from 'lucide-solid/icons/list-checks';
import Lock from 'lucide-solid/icons/lock';

export const accessIcons = { public: Hash, allowlist: ListChecks, password: KeyRound } as const;

/** Who may enter, as those choose who open a room. */
export const accessNames: Record<RoomAccess, string> = {
  public: 'Everyone here',
  allowlist: 'Only people on its list',
  password: 'Whoever knows its password',
};

export const iconOf = (room: Pick<Room, 'access' | 'canEnter'>) =>
  room.canEnter || room.access === 'password' ? accessIcons[room.access] : Lock;

/** Why a room stands open or shut for its reader (UI38). */
export function reasonOf(room: Pick<Room, 'access' | 'canEnter'>): string {
  if (room.access === 'password') return room.canEnter ? 'Open to you: you know its password' : 'Locked: needs its password';
  if (room.access === 'allowlist') return room.canEnter ? 'Open to you: you are on its list' : 'Locked: only for people on its list';
  return room.canEnter ? 'Open to everyone' : 'Locked: you were put on its deny list';
}

/** Where a room leads: into it, or to its door. */
export const roomHref = (room: Pick<Room, 'id' | 'canEnter'>): string => (room.canEnter ? `/c/${room.id}` : `/rooms/${room.id}`);

/** "3 messages", "1 message by you". */
export const messagesWord = (count: number): string => (count === 1 ? '1 message' : `${count.toLocaleString()} messages`);
