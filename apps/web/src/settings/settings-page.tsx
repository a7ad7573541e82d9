import { PageHead } from '../conversations/page-head.tsx';
import { Avatar } from '../people/avatar.tsx';
import { useMe } from '../session/session.tsx';
import { createSignOut } from '../session/sign-out.ts';
import { Button } from '../ui/button.tsx';
import { Appearance } from './appearance.tsx';
import { Sessions } from './sessions.tsx';
import './settings.css';
import '../people/person-line.css';

export default function SettingsPage() {
  const me = useMe();
  const { busy, signOut } = createSignOut();
  return (
    <main class="main-pane pane" id="main" tabindex="-1" data-landmark>
      <PageHead title="Settings" />
      <div class="page-scroll">
        <div class="page-column settings">
          <section class="settings-me" aria-label="Your account">
            <Avatar id={me().id} name={me().name} size="large" />
            <div class="member-names">
              <bdi class="settings-name">{me().name}</bdi>
              <span class="member-handle">@{me().username}</span>
              <span class="member-handle">{me().email}</span>
            </div>
          </section>
          <Appearance />
          <Sessions />
          <section class="settings-part" aria-label="Sign out">
            <Button busy={busy()} onClick={() => void signOut()}>
              Sign out
            </Button>
          </section>
        </div>
      </div>
    </main>
  );
}
