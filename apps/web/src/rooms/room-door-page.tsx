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
import { RoomSign } from './room-sign.tsx';
import { reasonOf } from './room-words.ts';
import '../session/door.css';
import './rooms.css';

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
    <Page title="Room">
      <Show when={!unknown()} fallback={<Unlisted id={params.id} />}>
        <Answer of={asked} label="Loading the room" rows={1}>
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
      <p class="room-reason">{reasonOf(props.room)}</p>
      <Switch>
        <Match when={props.room.access === 'password'}>
          <PasswordForm roomId={props.room.id} />
        </Match>
        <Match when={props.room.access !== 'password'}>
          <p class="room-reason">
            {props.room.owner ? (
              <>
                Ask <A href={`/people/${props.room.owner.id}`}>{props.room.owner.name}</A>, who owns it.
              </>
            ) : (
              'Nobody owns it: ask those who run this server.'
            )}
          </p>
        </Match>
      </Switch>
      <A href="/rooms" class="button button-quiet">
        All rooms
      </A>
    </div>
  );
}

function Unlisted(props: { id: string }) {
  return (
    <Blank
      title="There is no room here for you"
      action={
        <A href="/rooms" class="button button-outline">
          All rooms
        </A>
      }
    >
      <p>It may be closed, or not shown to everyone. Were you told a password?</p>
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
  const wrong = () => (form.refused()?.code === 'ROOM_PASSWORD_WRONG' ? form.refused()?.message : undefined);
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <PasswordField
        label="Password of the room"
        name="room-password"
        autocomplete="off"
        required
        value={password()}
        onText={setPassword}
        error={wrong() ?? form.fieldError('password')}
      />
      <Show when={!wrong() && !form.refused()?.fields && form.refused()}>
        {(refused) => <Notice tone="error">{refused().message}</Notice>}
      </Show>
      <Button type="submit" look="primary" wide busy={form.busy()}>
        Enter
      </Button>
    </form>
  );
}
