import { Page } from '../conversations/page.tsx';
import { createSignOut } from '../session/sign-out.ts';
import { Button } from '../ui/button.tsx';
import { Appearance } from './appearance.tsx';
import { ChangePassword } from './change-password.tsx';
import { Privacy } from './privacy.tsx';
import { ProfileEditor } from './profile-editor.tsx';
import { Sessions } from './sessions.tsx';
import { YourData } from './your-data.tsx';
import './settings.css';
import '../people/details.css';
import '../people/person-line.css';
import '../session/door.css';

export default function SettingsPage() {
  const { busy, signOut } = createSignOut();
  return (
    <Page title="Settings">
      <div class="page-column settings">
        <ProfileEditor />
        <Appearance />
        <Privacy />
        <ChangePassword />
        <Sessions />
        <section class="settings-part" aria-label="Sign out">
          <Button busy={busy()} onClick={() => void signOut()}>
            Sign out
          </Button>
        </section>
        <YourData />
      </div>
    </Page>
  );
}
