import { Toast, toaster } from '@kobalte/core/toast';
import X from 'lucide-solid/icons/x';
import { Portal } from 'solid-js/web';
import './toast.css';

const TOAST_STAYS = 6_000;

/** Says one sentence without taking the focus; waits while it is hovered or focused (UI29). */
export function toast(text: string): void {
  toaster.show((props) => (
    <Toast toastId={props.toastId} class="toast">
      <Toast.Title class="toast-text">{text}</Toast.Title>
      <Toast.CloseButton class="icon-button toast-close" aria-label="Dismiss">
        <X size={18} aria-hidden="true" />
      </Toast.CloseButton>
    </Toast>
  ));
}

export function Toasts() {
  return (
    <Portal>
      <Toast.Region duration={TOAST_STAYS} limit={3} pauseOnInteraction aria-label="Notices">
        <Toast.List class="toasts" />
      </Toast.Region>
    </Portal>
  );
}
