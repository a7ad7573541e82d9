import { createContext, createSignal, lazy, type ParentProps, Show, Suspense, useContext } from 'solid-js';

const HelpDialog = lazy(() => import('./help-dialog.tsx'));
const HelpContext = createContext<{ open: () => void }>();

export function useShortcutHelp(): { open: () => void } {
  const help = useContext(HelpContext);
  if (help === undefined) throw new Error('This component needs a ShortcutHelp above it.');
  return help;
}

/** Lets everything below open the list of shortcuts. */
export function ShortcutHelp(props: ParentProps) {
  const [wanted, setWanted] = createSignal(false);
  const [open, setOpen] = createSignal(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  return (
    <HelpContext.Provider value={{ open: show }}>
      {props.children}
      <Show when={wanted()}>
        <Suspense>
          <HelpDialog open={open()} onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </HelpContext.Provider>
  );
}
