import { createContext, createSignal, For, type ParentProps, useContext } from 'solid-js';
import { Dialog } from '../ui/dialog.tsx';
import { inPlace, keysOf, shortcuts } from './shortcut-table.ts';
import './settings.css';

const HelpContext = createContext<{ open: () => void }>();

export function useShortcutHelp(): { open: () => void } {
  const help = useContext(HelpContext);
  if (help === undefined) throw new Error('This component needs a ShortcutHelp above it.');
  return help;
}

export function ShortcutHelp(props: ParentProps) {
  const [open, setOpen] = createSignal(false);
  const rows = [...shortcuts.map((each) => ({ keys: keysOf(each), does: each.does })), ...inPlace];
  return (
    <HelpContext.Provider value={{ open: () => setOpen(true) }}>
      {props.children}
      <Dialog open={open()} onClose={() => setOpen(false)} title="Keyboard shortcuts">
        <ul class="shortcut-list">
          <For each={rows}>
            {(row) => (
              <li class="shortcut">
                <span>{row.does}</span>
                <span class="shortcut-keys">
                  <For each={row.keys}>{(key) => <kbd>{key}</kbd>}</For>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Dialog>
    </HelpContext.Provider>
  );
}
