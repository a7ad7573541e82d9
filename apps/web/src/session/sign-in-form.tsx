import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { createSubmission } from './form.ts';
import { useClient } from './session.tsx';
import { t } from './words.ts';

export function SignInForm(props: { onDone: () => void }) {
  const client = useClient();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const form = createSubmission(async () => {
    await client.signIn({ email: email().trim(), password: password() });
    props.onDone();
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Field
        label={t('email')}
        type="email"
        name="email"
        autocomplete="username"
        inputmode="email"
        required
        value={email()}
        onText={setEmail}
        error={form.fieldError('email')}
      />
      <PasswordField
        label={t('password')}
        name="password"
        autocomplete="current-password"
        required
        value={password()}
        onText={setPassword}
        error={form.fieldError('password')}
      />
      <Button type="submit" look="primary" wide busy={form.busy()}>
        {t('signIn')}
      </Button>
    </form>
  );
}
