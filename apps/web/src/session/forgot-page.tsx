import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Door } from './door.tsx';
import { createSubmission } from './form.ts';
import { useClient } from './session.tsx';
import { t } from './words.ts';

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
      title={t('forgotPassword')}
      lead={<p class="door-lead">{t('forgotLead')}</p>}
      below={
        <p class="door-below">
          {t('cameBack')} <A href="/sign-in">{t('signIn')}</A>
        </p>
      }
    >
      <form class="door-form" onSubmit={form.onSubmit}>
        <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
        <Show when={asked()}>
          <Notice tone="info">{t('letterOnItsWay')}</Notice>
        </Show>
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
        <Button type="submit" look="primary" wide busy={form.busy()}>
          {asked() ? t('mailAgain') : t('mailLink')}
        </Button>
      </form>
    </Door>
  );
}
