import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import '../people/pending-link.css';
import './integrations.css';
import { t } from './words.ts';

interface ShownOnceProps {
  /** What it is and that it comes this once. */
  says: string;
  label: string;
  copy: string;
  value: string;
  onKept: () => void;
}

/** A secret that the server tells once: it stays until somebody says that they have it. */
export function ShownOnce(props: ShownOnceProps) {
  let box: HTMLInputElement | undefined;
  return (
    <div class="shown-once" role="status">
      <p>{props.says}</p>
      <div class="pending-link">
        <input
          ref={box}
          class="pending-address"
          readonly
          dir="ltr"
          value={props.value}
          aria-label={props.label}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={props.value} label={props.copy} onBlocked={() => box?.focus()} />
      </div>
      <Button look="quiet" onClick={() => props.onKept()}>
        {t('kept')}
      </Button>
    </div>
  );
}
