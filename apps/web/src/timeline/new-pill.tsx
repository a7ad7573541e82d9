import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from './words.ts';

/** The way back to the newest message, with how many arrived meanwhile (UI1, UI7). */
export function NewPill(props: { fresh: number; up: boolean; onClick: () => void }) {
  return (
    <button type="button" class="pill" classList={{ 'pill-fresh': props.fresh > 0 }} data-testid="pill" onClick={() => props.onClick()}>
      <Dynamic component={props.up ? ArrowUp : ArrowDown} size={18} aria-hidden="true" />
      <Show when={props.fresh > 0} fallback={<span class="quiet">{t('toNewest')}</span>}>
        <span>{t('fresh', props.fresh)}</span>
      </Show>
    </button>
  );
}
