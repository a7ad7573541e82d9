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

/** Taking everything along, and going for good (U1, U8, UI43). */
export function YourData() {
  const [asking, setAsking] = createSignal(false);
  return (
    <section class="settings-part" aria-labelledby="data-title">
      <h2 id="data-title">Your data</h2>
      <p class="field-hint">A zip file with your profile, your chats and the files in them, as far as you may see them now.</p>
      <a class="button button-outline" href="/api/v1/users/me/export" download="koreromai.zip">
        <Download size={18} aria-hidden="true" />
        Export my data
      </a>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        Delete my account
      </Button>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title="Delete your account?"
        description="Your name, picture, address and contacts are erased, you leave every chat, and nothing brings them back. Export your data first if you want to keep it."
      >
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
  const wrong = () => (form.refused()?.code === 'PASSWORD_WRONG' ? form.refused()?.message : undefined);
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <label class="setting">
        <input type="checkbox" checked={erase()} onChange={(event) => setErase(event.currentTarget.checked)} />
        <span class="setting-text">
          Also delete what I wrote, for everyone
          <small>Otherwise it stays with the others, by “Deleted user”.</small>
        </span>
      </label>
      <Field
        label={`Type your username, ${me().username}`}
        name="confirmation"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        value={typed()}
        onText={setTyped}
      />
      <PasswordField
        label="Your password"
        name="password"
        autocomplete="current-password"
        required
        value={password()}
        onText={setPassword}
        error={wrong()}
      />
      <Show when={!wrong() && form.refused()}>{(refused) => <Notice tone="error">{refused().message}</Notice>}</Show>
      <Button type="submit" look="danger" busy={form.busy()} aria-disabled={!sure() || password() === ''}>
        Delete my account for good
      </Button>
    </form>
  );
}
