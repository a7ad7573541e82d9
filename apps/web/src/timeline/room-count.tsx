import { createMemo, Show } from 'solid-js';
import { useClient, useState } from '../session/session.tsx';
import { createAsked } from '../ui/asked.ts';
import { t } from './words.ts';

/**
 * How many follow a room. Asked for when the room is opened, when I follow or leave it, and when the line comes back; until there is
 * an answer nothing stands here, and the head does not wait for it.
 */
export function RoomCount(props: { roomId: string; myRole: string | null }) {
  const { rooms } = useClient().api;
  const live = useState((state) => state.connection.status === 'live');
  const wanted = createMemo<string | undefined>((before) => (live() ? `${props.roomId} ${props.myRole}` : before));
  const asked = createAsked(wanted, async (room) => (room === undefined ? null : rooms.get.query({ roomId: props.roomId })));
  return <Show when={asked.value()?.followers}>{(count) => <> · {t('following', count())}</>}</Show>;
}
