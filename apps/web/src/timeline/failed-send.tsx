import CircleAlert from 'lucide-solid/icons/circle-alert';
import { useClient } from '../session/session.tsx';
import { t } from './words.ts';

/** UI3: the words stay, with the reason and both ways on. */
export function FailedSend(props: { id: string; reason: string }) {
  const client = useClient();
  return (
    <div class="failed" role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <span class="failed-reason">
        <b>{t('notSent')}</b> {props.reason}
      </span>
      <button type="button" class="failed-verb" onClick={() => client.retry(props.id)}>
        {t('retry')}
      </button>
      <button type="button" class="failed-verb" onClick={() => client.discard(props.id)}>
        {t('discard')}
      </button>
    </div>
  );
}
