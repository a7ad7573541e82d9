import { limits } from '@koreromai/contract';
import { A, useNavigate, useParams } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { toast } from '../ui/toast.tsx';
import { Door } from './door.tsx';
import { createSubmission } from './form.ts';
import { useClient } from './session.tsx';

/** /reset/:token – a new password for whoever holds the link that was mailed. It signs nobody in, and all devices out. */
export default function ResetPage() {
  const client = useClient();
  const navigate = useNavigate();
  const params = useParams<{ token: string }>();
  const [next, setNext] = createSignal('');
  const form = createSubmission(async () => {
    await client.api.auth.resetPassword.mutate({ token: params.token, next: next() });
    toast('The new password holds. Sign in with it.');
    navigate('/sign-in', { replace: true });
  });
  const gone = () => form.refused()?.code === 'RESET_GONE';
  return (
    <Door
      title="Set a new password"
      lead={<p class="door-lead">You are signed out everywhere once it holds.</p>}
      below={
        <p class="door-below">
          Changed your mind? <A href="/sign-in">Sign in</A>
        </p>
      }
    >
      <form class="door-form" onSubmit={form.onSubmit}>
        <Show when={form.refused()?.fields === undefined && form.refused()}>
          {(refused) => (
            <Notice
              tone="error"
              action={
                <Show when={gone()}>
                  <A class="button button-outline" href="/forgot">
                    New link
                  </A>
                </Show>
              }
            >
              {refused().message}
            </Notice>
          )}
        </Show>
        <PasswordField
          label="New password"
          name="password"
          autocomplete="new-password"
          required
          minlength={limits.password.min}
          maxlength={limits.password.max}
          hint={`At least ${limits.password.min} characters. A few words are better than a few signs.`}
          value={next()}
          onText={setNext}
          error={form.fieldError('next')}
        />
        <Button type="submit" look="primary" wide busy={form.busy()}>
          Set password
        </Button>
      </form>
    </Door>
  );
}
