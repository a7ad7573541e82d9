import { limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { createSubmission } from './form.ts';
import { useClient } from './session.tsx';
import { t } from './words.ts';

export function SignUpForm(props: { onDone: () => void }) {
  const client = useClient();
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const form = createSubmission(async () => {
    await client.signUp({ name: name(), email: email().trim(), password: password() });
    props.onDone();
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Field
        label={t('yourName')}
        name="name"
        autocomplete="name"
        required
        maxlength={limits.name.maxCodePoints}
        dir="auto"
        value={name()}
        onText={setName}
        error={form.fieldError('name')}
      />
      <Field
        label={t('email')}
        type="email"
        name="email"
        autocomplete="username"
        inputmode="email"
        required
        hint={t('emailHint')}
        value={email()}
        onText={setEmail}
        error={form.fieldError('email')}
      />
      <PasswordField
        label={t('password')}
        name="password"
        autocomplete="new-password"
        required
        minlength={limits.password.min}
        maxlength={limits.password.max}
        hint={t('passwordHint', limits.password.min)}
        value={password()}
        onText={setPassword}
        error={form.fieldError('password')}
      />
      <Button type="submit" look="primary" wide busy={form.busy()}>
        {t('createAccount')}
      </Button>
    </form>
  );
}
