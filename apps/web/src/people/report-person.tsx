import type { User } from '@koreromai/contract';
import { createSignal } from 'solid-js';
import { ReportForm } from '../actions/report-dialog.tsx';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { t } from './words.ts';

/** Asks the moderators to look at somebody, who is never told (UI40). */
export function ReportPerson(props: { user: User }) {
  const { users } = useClient().api;
  const [asking, setAsking] = createSignal(false);
  return (
    <>
      <Button look="quiet" class="button-leave" aria-label={t('reportOf', props.user.name)} onClick={() => setAsking(true)}>
        {t('report')}
      </Button>
      <Dialog open={asking()} onClose={() => setAsking(false)} title={t('reportAsked', props.user.name)} description={t('reportHint')}>
        <ReportForm send={(reason) => users.report.mutate({ userId: props.user.id, reason })} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  );
}
