import { limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

export function ChangePassword() {
  const [open, setOpen] = createSignal(false);
  return (
    <section class="settings-part" aria-labelledby="password-title">
      <h2 id="password-title">{t('password')}</h2>
      <Button onClick={() => setOpen(true)}>{t('changePassword')}</Button>
      <Dialog open={open()} onClose={() => setOpen(false)} title={t('changePassword')} description={t('changePasswordHint')}>
        <PasswordForm onDone={() => setOpen(false)} />
      </Dialog>
    </section>
  );
}

function PasswordForm(props: { onDone: () => void }) {
  const client = useClient();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const form = createSubmission(async () => {
    await client.api.auth.changePassword.mutate({ current: current(), next: next() });
    props.onDone();
    toast(t('passwordChanged'));
  });
  const wrong = () => form.refusedAs('PASSWORD_WRONG');
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <PasswordField
        label={t('currentPassword')}
        name="current"
        autocomplete="current-password"
        required
        value={current()}
        onText={setCurrent}
        error={wrong()}
      />
      <PasswordField
        label={t('newPassword')}
        name="next"
        autocomplete="new-password"
        required
        minlength={limits.password.min}
        maxlength={limits.password.max}
        value={next()}
        onText={setNext}
        error={form.fieldError('next')}
      />
      <Show when={!wrong() && !form.refused()?.fields && form.refused()}>
        {(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}
      </Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('changePassword')}
      </Button>
    </form>
  );
}
