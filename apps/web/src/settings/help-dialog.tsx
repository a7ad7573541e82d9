import { For } from 'solid-js';
import { Dialog } from '../ui/dialog.tsx';
import { inPlace, keysOf, shortcuts } from './shortcut-table.ts';
import './settings.css';
import { t } from './words.ts';

export default function HelpDialog(props: { open: boolean; onClose: () => void }) {
  const rows = [...shortcuts.map((each) => ({ keys: keysOf(each), does: each.does })), ...inPlace];
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('shortcuts')}>
      <ul class="shortcut-list">
        <For each={rows}>
          {(row) => (
            <li class="shortcut">
              <span>{t(row.does)}</span>
              <span class="shortcut-keys">
                <For each={row.keys}>{(key) => <kbd>{key}</kbd>}</For>
              </span>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}
