import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { useNavigate } from '@solidjs/router';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Settings from 'lucide-solid/icons/settings';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import { Show } from 'solid-js';
import { Avatar } from '../people/avatar.tsx';
import { useMe } from '../session/session.tsx';
import { createSignOut } from '../session/sign-out.ts';
import { useShortcutHelp } from '../settings/shortcut-help.tsx';
import '../ui/menu.css';
import './account-menu.css';
import { t } from './words.ts';

export default function AccountMenu() {
  const me = useMe();
  const { signOut } = createSignOut();
  const navigate = useNavigate();
  const help = useShortcutHelp();
  return (
    <DropdownMenu placement="bottom-end" gutter={4} modal={false}>
      <DropdownMenu.Trigger class="account" aria-label={t('account', me().name)}>
        <Avatar id={me().id} name={me().name} picture={me().avatarUrl} size="small" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content class="menu">
        <DropdownMenu.Group>
          <DropdownMenu.GroupLabel class="menu-who">
            <bdi class="menu-name">{me().name}</bdi>
            <span class="menu-mail">{me().email}</span>
          </DropdownMenu.GroupLabel>
          <DropdownMenu.Item class="menu-item" onSelect={() => navigate('/settings')}>
            <Settings size={18} aria-hidden="true" /> {t('settings')}
          </DropdownMenu.Item>
          <Show when={me().role !== 'user'}>
            <DropdownMenu.Item class="menu-item" onSelect={() => navigate('/admin')}>
              <ShieldCheck size={18} aria-hidden="true" /> {t('administration')}
            </DropdownMenu.Item>
          </Show>
          <DropdownMenu.Item class="menu-item" onSelect={() => help.open()}>
            <Keyboard size={18} aria-hidden="true" /> {t('shortcuts')}
          </DropdownMenu.Item>
          <DropdownMenu.Separator class="menu-line" />
          <DropdownMenu.Item class="menu-item" onSelect={() => void signOut()}>
            <LogOut size={18} aria-hidden="true" /> {t('signOut')}
          </DropdownMenu.Item>
        </DropdownMenu.Group>
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}
