import { createContext, createSignal, lazy, type ParentProps, Show, Suspense, useContext } from 'solid-js';

const Switcher = lazy(() => import('./switcher.tsx'));
const SwitchContext = createContext<{ open: () => void }>();

export function useQuickSwitch(): { open: () => void } {
  const quick = useContext(SwitchContext);
  if (quick === undefined) throw new Error('This component needs a QuickSwitch above it.');
  return quick;
}

/** Lets everything below open the quick switcher. */
export function QuickSwitch(props: ParentProps) {
  const [wanted, setWanted] = createSignal(false);
  const [open, setOpen] = createSignal(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  return (
    <SwitchContext.Provider value={{ open: show }}>
      {props.children}
      <Show when={wanted()}>
        <Suspense>
          <Switcher open={open()} onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </SwitchContext.Provider>
  );
}
