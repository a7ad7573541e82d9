import type { Room } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { firstWords } from '../text/plain.ts';
import { makeCalendar } from '../timeline/calendar.ts';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import '../people/person-line.css';
import { lockReason, roomHref } from './access.ts';
import { RoomSign } from './room-sign.tsx';
import { t } from './words.ts';

const calendar = makeCalendar(undefined);

/** One room of the directory: its lock with the reason, what goes on in it, and whether one follows it. */
export function RoomRow(props: { room: Room; now: number; onChange: (room: Room) => void }) {
  const client = useClient();
  const roomId = () => props.room.id;
  const { busy, run } = createCommand(async () => {
    const follow = !props.room.following;
    await (follow ? client.api.rooms.follow.mutate({ roomId: roomId() }) : client.api.rooms.unfollow.mutate({ roomId: roomId() }));
    const followers = (props.room.followers ?? 0) + (follow ? 1 : -1);
    props.onChange({ ...props.room, following: follow, followers });
  });
  const last = () => props.room.lastMessage;
  return (
    <li class="room">
      <RoomSign room={props.room} />
      <div class="room-text">
        <A class="room-name" href={roomHref(props.room)}>
          <bdi>{props.room.name}</bdi>
        </A>
        <p class="room-reason">
          {lockReason(props.room)}
          <Show when={!props.room.listed}> · {t('notListed')}</Show>
        </p>
        <p class="room-facts">
          <Show when={last()} fallback={props.room.canEnter ? t('nothingSaid') : ''}>
            {(message) => (
              <>
                <span class="room-last" dir="auto">
                  <bdi>{message().author.name}</bdi>: {message().deleted ? t('messageDeleted') : firstWords(message().text) || t('aFile')}
                </span>
                <time datetime={message().createdAt}>{calendar.brief(message().createdAt, props.now)}</time>
              </>
            )}
          </Show>
          <Show when={props.room.followers}>{(count) => <span>{t('followers', count())}</span>}</Show>
          <Show when={props.room.myMessages > 0}>
            <span>{t('messagesByYou', props.room.myMessages)}</span>
          </Show>
        </p>
      </div>
      <Show
        when={props.room.canEnter && props.room.myRole !== 'owner'}
        fallback={
          <Show when={props.room.canEnter}>
            <span class="tag">{t('yours')}</span>
          </Show>
        }
      >
        <Button
          look={props.room.following ? 'quiet' : 'outline'}
          busy={busy()}
          aria-label={t(props.room.following ? 'unfollowOf' : 'followOf', props.room.name ?? '')}
          onClick={() => void run()}
        >
          {props.room.following ? t('unfollow') : t('follow')}
        </Button>
      </Show>
    </li>
  );
}
