import type { Room } from '@koreromai/contract';
import { A, Navigate, useNavigate, useParams } from '@solidjs/router';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { chatHref } from '../conversations/paths.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Blank } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { lockReason } from './access.ts';
import { RoomSign } from './room-sign.tsx';
import '../session/door.css';
import './rooms.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

/** /rooms/:id – in front of a room: straight in for whoever may enter, else why not, or where to type its password. */
export default function RoomDoorPage() {
  const client = useClient();
  const params = useParams<{ id: string }>();
  const asked = createAsked(
    () => params.id,
    (roomId) => client.api.rooms.get.query({ roomId }),
  );
  // Whoever knows the password of a room that is not listed may enter it: to all others it does not exist.
  const unknown = () => asked.refused()?.code === 'NOT_FOUND';
  return (
    <Page title={t('room')}>
      <Show when={!unknown()} fallback={<Unlisted id={params.id} />}>
        <Answer of={asked} label={t('loadingRoom')} rows={1}>
          {(room) => (
            <Show when={!room().canEnter} fallback={<Navigate href={chatHref(room().id)} />}>
              <Door room={room()} />
            </Show>
          )}
        </Answer>
      </Show>
    </Page>
  );
}

function Door(props: { room: Room }) {
  return (
    <div class="door-room">
      <RoomSign room={props.room} size="large" />
      <h2>
        <bdi>{props.room.name}</bdi>
      </h2>
      <p class="room-reason">{lockReason(props.room)}</p>
      <Switch>
        <Match when={props.room.access === 'password'}>
          <PasswordForm roomId={props.room.id} />
        </Match>
        <Match when={props.room.access !== 'password'}>
          <p class="room-reason">
            {props.room.owner ? (
              <>
                {t('askOwner')} <A href={`/people/${props.room.owner.id}`}>{props.room.owner.name}</A>, {t('whoOwns')}
              </>
            ) : (
              t('nobodyOwns')
            )}
          </p>
        </Match>
      </Switch>
      <A href="/rooms" class="button button-quiet">
        {t('allRooms')}
      </A>
    </div>
  );
}

function Unlisted(props: { id: string }) {
  return (
    <Blank
      title={t('noRoomForYou')}
      action={
        <A href="/rooms" class="button button-outline">
          {t('allRooms')}
        </A>
      }
    >
      <p>{t('toldPassword')}</p>
      <PasswordForm roomId={props.id} />
    </Blank>
  );
}

function PasswordForm(props: { roomId: string }) {
  const client = useClient();
  const navigate = useNavigate();
  const [password, setPassword] = createSignal('');
  const form = createSubmission(async () => {
    await client.api.rooms.enter.mutate({ roomId: props.roomId, password: password() });
    navigate(chatHref(props.roomId), { replace: true });
  });
  const wrong = () => form.refusedAs('ROOM_PASSWORD_WRONG');
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <PasswordField
        label={t('roomPassword')}
        name="room-password"
        autocomplete="off"
        required
        value={password()}
        onText={setPassword}
        error={wrong() ?? form.fieldError('password')}
      />
      <Show when={!wrong() && !form.refused()?.fields && form.refused()}>
        {(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}
      </Show>
      <Button type="submit" look="primary" wide busy={form.busy()}>
        {t('enter')}
      </Button>
    </form>
  );
}
