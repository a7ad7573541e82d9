import { Page } from '../conversations/page.tsx';
import { Bots } from '../integrations/bots.tsx';
import { createSignOut } from '../session/sign-out.ts';
import { Button } from '../ui/button.tsx';
import { Appearance } from './appearance.tsx';
import { ChangePassword } from './change-password.tsx';
import { DisplayChoice } from './display-choice.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { Mails } from './mails.tsx';
import { Notifications } from './notifications.tsx';
import { Privacy } from './privacy.tsx';
import { ProfileEditor } from './profile-editor.tsx';
import { Sessions } from './sessions.tsx';
import { YourData } from './your-data.tsx';
import './settings.css';
import '../people/details.css';
import '../people/person-line.css';
import '../session/door.css';
import { t } from './words.ts';

export default function SettingsPage() {
  const { busy, signOut } = createSignOut();
  return (
    <Page title={t('settings')}>
      <div class="page-column settings">
        <ProfileEditor />
        <Appearance />
        <DisplayChoice />
        <LanguageChoice />
        <Notifications />
        <Privacy />
        <Mails />
        <ChangePassword />
        <Sessions />
        <Bots />
        <section class="settings-part" aria-label={t('signOut')}>
          <Button busy={busy()} onClick={() => void signOut()}>
            {t('signOut')}
          </Button>
        </section>
        <YourData />
      </div>
    </Page>
  );
}
