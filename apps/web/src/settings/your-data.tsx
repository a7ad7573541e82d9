import Download from 'lucide-solid/icons/download';
import { createSignal, Show } from 'solid-js';
import { createSubmission } from '../session/form.ts';
import { rest } from '../session/rest.ts';
import { useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import '../ui/button.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

/** Taking everything along, and going for good (U1, U8, UI43). */
export function YourData() {
  const [asking, setAsking] = createSignal(false);
  return (
    <section class="settings-part" aria-labelledby="data-title">
      <h2 id="data-title">{t('yourData')}</h2>
      <p class="field-hint">{t('exportHint')}</p>
      <a class="button button-outline" href="/api/v1/users/me/export" download="koreromai.zip">
        <Download size={18} aria-hidden="true" />
        {t('exportData')}
      </a>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        {t('deleteAccount')}
      </Button>
      <Dialog open={asking()} onClose={() => setAsking(false)} title={t('deleteAccountAsked')} description={t('deleteAccountHint')}>
        <DeleteForm />
      </Dialog>
    </section>
  );
}

function DeleteForm() {
  const me = useMe();
  const [typed, setTyped] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [erase, setErase] = createSignal(false);
  const sure = () => typed().trim().replace(/^@/u, '').toLowerCase() === me().username;
  const form = createSubmission(async () => {
    if (!sure()) return;
    await rest('DELETE', '/users/me', { password: password(), eraseMessages: erase() });
    location.assign('/sign-up'); // a fresh page: nothing of the account is left in this one
  });
  const wrong = () => form.refusedAs('PASSWORD_WRONG');
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <label class="setting">
        <input type="checkbox" checked={erase()} onChange={(event) => setErase(event.currentTarget.checked)} />
        <span class="setting-text">
          {t('eraseMessages')}
          <small>{t('eraseMessagesHint')}</small>
        </span>
      </label>
      <Field
        label={t('typeUsername', me().username)}
        name="confirmation"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        value={typed()}
        onText={setTyped}
      />
      <PasswordField
        label={t('yourPassword')}
        name="password"
        autocomplete="current-password"
        required
        value={password()}
        onText={setPassword}
        error={wrong()}
      />
      <Show when={!wrong() && form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="danger" busy={form.busy()} aria-disabled={!sure() || password() === ''}>
        {t('deleteForGood')}
      </Button>
    </form>
  );
}
