import type { Conversation, Room } from '@koreromai/contract';
import { A, useNavigate } from '@solidjs/router';
import Search from 'lucide-solid/icons/search';
import { Show } from 'solid-js';
import { Webhooks } from '../integrations/webhooks.tsx';
import { Notify } from '../people/notify.tsx';
import { useClient, useMe } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { toast } from '../ui/toast.tsx';
import { lockReason } from './access.ts';
import { CloseRoom } from './close-room.tsx';
import { RoomLists } from './room-lists.tsx';
import { RoomPeople } from './room-people.tsx';
import { RoomRules } from './room-rules.tsx';
import { RoomSign } from './room-sign.tsx';
import '../people/details.css';
import './rooms.css';
import { t } from './words.ts';

/** A room, seen from inside: what it is, whether I follow it, and for those who keep it, its rules and lists. */
export default function RoomDetails(props: { conversation: Conversation }) {
  const client = useClient();
  const me = useMe();
  // Asked again whenever its name, its rules or my place in it change.
  const room = createAsked(
    () => [props.conversation.id, props.conversation.name, props.conversation.access, props.conversation.myRole].join(),
    () => client.api.rooms.get.query({ roomId: props.conversation.id }),
  );
  const keeps = (now: Room) => now.myRole === 'owner' || now.myRole === 'admin' || me().role !== 'user';
  return (
    <div class="details">
      <Answer of={room} label={t('loadingRoom')}>
        {(found) => (
          <>
            <div class="details-who">
              <RoomSign room={found()} size="large" />
              <p class="details-title">
                <bdi>{found().name}</bdi>
              </p>
              <p class="details-born">{lockReason(found())}</p>
              <Show when={found().owner}>{(owner) => <p class="details-born">{t('openedBy', owner().name)}</p>}</Show>
              <A class="button button-quiet" href={`/search?in=${found().id}`}>
                <Search size={16} aria-hidden="true" />
                {t('searchHere')}
              </A>
              <FollowButton room={found()} onChange={room.again} />
              <Show when={keeps(found())}>
                <RoomRules room={found()} onSaved={room.set} />
              </Show>
            </div>
            <Show when={found().following}>
              <Notify conversation={props.conversation} />
            </Show>
            <RoomPeople room={found()} />
            <Show when={keeps(found())}>
              <RoomLists roomId={found().id} />
              <Webhooks conversation={props.conversation} />
              <CloseRoom room={found()} />
            </Show>
          </>
        )}
      </Answer>
    </div>
  );
}

function FollowButton(props: { room: Room; onChange: () => void }) {
  const client = useClient();
  const navigate = useNavigate();
  const { busy, run } = createCommand(async () => {
    const { id: roomId, name } = props.room;
    if (!props.room.following) {
      await client.api.rooms.follow.mutate({ roomId });
      return props.onChange();
    }
    await client.api.rooms.unfollow.mutate({ roomId });
    navigate('/rooms', { replace: true });
    toast(t('noLongerAmongChats', name ?? ''));
  });
  return (
    <Show when={props.room.myRole !== 'owner'}>
      <Button look={props.room.following ? 'outline' : 'primary'} busy={busy()} onClick={() => void run()}>
        {props.room.following ? t('unfollow') : t('follow')}
      </Button>
      <p class="field-hint">{props.room.following ? t('amongChats') : t('followHint')}</p>
    </Show>
  );
}
