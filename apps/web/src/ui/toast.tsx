import { Toast, toaster } from '@kobalte/core/toast';
import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import './toast.css';
import { t } from './words.ts';

const TOAST_STAYS = 6_000;

interface ToastOptions {
  /** A way back, while the toast is there. */
  action?: { verb: string; run: () => void };
  /** Milliseconds; not less than six seconds. */
  stays?: number;
}

/** Says one sentence without taking the focus; waits while it is hovered or focused (UI29). */
export function toast(text: string, { action, stays = TOAST_STAYS }: ToastOptions = {}): void {
  toaster.show((props) => (
    <Toast toastId={props.toastId} class="toast" duration={stays}>
      <Toast.Title class="toast-text">{text}</Toast.Title>
      <Show when={action}>
        {(offered) => (
          <button
            type="button"
            class="toast-action"
            onClick={() => {
              toaster.dismiss(props.toastId);
              offered().run();
            }}
          >
            {offered().verb}
          </button>
        )}
      </Show>
      <Toast.CloseButton class="icon-button toast-close" aria-label={t('dismiss')}>
        <X size={18} aria-hidden="true" />
      </Toast.CloseButton>
    </Toast>
  ));
}

export function Toasts() {
  return (
    <Portal>
      <Toast.Region duration={TOAST_STAYS} limit={3} pauseOnInteraction aria-label={t('notices')}>
        <Toast.List class="toasts" />
      </Toast.Region>
    </Portal>
  );
}
