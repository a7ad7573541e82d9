import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Door } from './door.tsx';
import { createSubmission } from './form.ts';
import { useClient } from './session.tsx';

/** /forgot – has a link to a new password mailed. Nobody learns here whether an address has an account. */
export default function ForgotPage() {
  const client = useClient();
  const [email, setEmail] = createSignal('');
  const [asked, setAsked] = createSignal(false);
  const form = createSubmission(async () => {
    await client.api.auth.forgotPassword.mutate({ email: email().trim() });
    setAsked(true);
  });
  return (
    <Door
      title="Forgot your password?"
      lead={<p class="door-lead">Type your address and we mail you a link to a new one.</p>}
      below={
        <p class="door-below">
          It came back to you? <A href="/sign-in">Sign in</A>
        </p>
      }
    >
      <form class="door-form" onSubmit={form.onSubmit}>
        <Show when={form.refused()}>{(refused) => <Notice tone="error">{refused().message}</Notice>}</Show>
        <Show when={asked()}>
          <Notice tone="info">
            If that address has an account, a letter with a link is on its way. Look among the unwanted mails too.
          </Notice>
        </Show>
        <Field
          label="E-mail"
          type="email"
          name="email"
          autocomplete="username"
          inputmode="email"
          required
          value={email()}
          onText={setEmail}
          error={form.fieldError('email')}
        />
        <Button type="submit" look="primary" wide busy={form.busy()}>
          {asked() ? 'Mail it again' : 'Mail me a link'}
        </Button>
      </form>
    </Door>
  );
}
