import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { createSignal, onCleanup, Show } from 'solid-js';
import { Button } from './button.tsx';
import { t } from './words.ts';

const SAY_COPIED_FOR = 2_500;

/** Copies `text`. Where the browser has no clipboard (plain http), `onBlocked` can select the text instead. */
export function CopyButton(props: { text: string; label: string; onBlocked?: () => void }) {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
    } catch {
      props.onBlocked?.();
      return; // not copied, so nothing is claimed
    }
    setCopied(true);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), SAY_COPIED_FOR);
  };
  return (
    <Button class="copy-button" aria-label={copied() ? t('copiedOf', props.label) : props.label} onClick={() => void copy()}>
      <Show when={copied()} fallback={<Copy size={16} aria-hidden="true" />}>
        <Check size={16} aria-hidden="true" />
      </Show>
      <span aria-live="polite">{copied() ? t('copied') : t('copy')}</span>
    </Button>
  );
}
