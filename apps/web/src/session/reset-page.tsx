import { limits } from '@koreromai/contract';
import { A, useNavigate, useParams } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { toast } from '../ui/toast.tsx';
import { Door } from './door.tsx';
import { createSubmission } from './form.ts';
import { useClient } from './session.tsx';
import { t } from './words.ts';

/** /reset/:token – a new password for whoever holds the link that was mailed. It signs nobody in, and all devices out. */
export default function ResetPage() {
  const client = useClient();
  const navigate = useNavigate();
  const params = useParams<{ token: string }>();
  const [next, setNext] = createSignal('');
  const form = createSubmission(async () => {
    await client.api.auth.resetPassword.mutate({ token: params.token, next: next() });
    toast(t('newPasswordHolds'));
    navigate('/sign-in', { replace: true });
  });
  const gone = () => form.refused()?.code === 'RESET_GONE';
  return (
    <Door
      title={t('setNewPassword')}
      lead={<p class="door-lead">{t('resetLead')}</p>}
      below={
        <p class="door-below">
          {t('changedYourMind')} <A href="/sign-in">{t('signIn')}</A>
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
                    {t('newLink')}
                  </A>
                </Show>
              }
            >
              {reasonOf(refused())}
            </Notice>
          )}
        </Show>
        <PasswordField
          label={t('newPassword')}
          name="password"
          autocomplete="new-password"
          required
          minlength={limits.password.min}
          maxlength={limits.password.max}
          hint={t('passwordHint', limits.password.min)}
          value={next()}
          onText={setNext}
          error={form.fieldError('next')}
        />
        <Button type="submit" look="primary" wide busy={form.busy()}>
          {t('setPassword')}
        </Button>
      </form>
    </Door>
  );
}
