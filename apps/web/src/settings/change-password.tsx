import { limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { toast } from '../ui/toast.tsx';

export function ChangePassword() {
  const [open, setOpen] = createSignal(false);
  return (
    <section class="settings-part" aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <Button onClick={() => setOpen(true)}>Change password</Button>
      <Dialog open={open()} onClose={() => setOpen(false)} title="Change password" description="All other devices are signed out.">
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
    toast('Your password is changed.');
  });
  const wrong = () => (form.refused()?.code === 'PASSWORD_WRONG' ? form.refused()?.message : undefined);
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <PasswordField
        label="Current password"
        name="current"
        autocomplete="current-password"
        required
        value={current()}
        onText={setCurrent}
        error={wrong()}
      />
      <PasswordField
        label="New password"
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
        {(refused) => <Notice tone="error">{refused().message}</Notice>}
      </Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        Change password
      </Button>
    </form>
  );
}
