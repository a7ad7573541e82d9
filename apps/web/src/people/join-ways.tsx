import { type Refused, refusalOf } from '@koreromai/client';
import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { chatHref } from '../conversations/paths.ts';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient, useMe } from '../session/session.tsx';
import { SignInForm } from '../session/sign-in-form.tsx';
import { SignUpForm } from '../session/sign-up-form.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from './words.ts';

/** Takes the seat and goes there. */
function createAccept(token: () => string) {
  const client = useClient();
  const navigate = useNavigate();
  return async () => {
    const conversation = await client.acceptInvitation(token());
    navigate(chatHref(conversation.id), { replace: true });
  };
}

export function JoinAsMe(props: { token: string }) {
  const me = useMe();
  const form = createSubmission(createAccept(() => props.token));
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="primary" wide busy={form.busy()}>
        <span>
          {t('joinAs')} <bdi>{me().name}</bdi>
        </span>
      </Button>
    </form>
  );
}

/** For people without a session. Once they are in, `JoinAsMe` takes this place and shows whatever went wrong with the seat. */
export function JoinByDoor(props: { token: string }) {
  const [known, setKnown] = createSignal(false);
  const [refused, setRefused] = createSignal<Refused>();
  const accept = createAccept(() => props.token);
  const done = () => {
    accept().catch((error: unknown) => setRefused(refusalOf(error)));
  };
  return (
    <>
      <Show when={refused()}>{(reason) => <Notice tone="error">{reasonOf(reason())}</Notice>}</Show>
      <Show when={known()} fallback={<SignUpForm onDone={done} />}>
        <SignInForm onDone={done} />
      </Show>
      <p class="door-below join-switch">
        {known() ? t('noAccountYet') : t('haveAccount')}
        <Button look="quiet" onClick={() => setKnown((now) => !now)}>
          {known() ? t('createOne') : t('signIn')}
        </Button>
      </p>
    </>
  );
}
