import type { Report } from '@koreromai/contract';
import Flag from 'lucide-solid/icons/flag';
import { createSignal, Show } from 'solid-js';
import { PersonLine } from '../people/person-line.tsx';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Blank } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { createNow } from '../ui/clock.ts';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { t } from './words.ts';

const calendar = makeCalendar(undefined);

/** What people asked the moderators to look at: the message alone, nothing else of its chat. */
export function Reports() {
  const { admin } = useClient().api;
  const reports = createPaged(
    () => true,
    (_always, cursor) => admin.reports.query({ cursor, limit: 20 }),
  );
  const changed = (report: Report) => reports.change((held) => held.map((each) => (each.id === report.id ? report : each)));
  const gone = (messageId: string) =>
    reports.change((held) =>
      held.map((each) => (each.message.id === messageId ? { ...each, message: { ...each.message, text: null } } : each)),
    );
  return (
    <PagedList
      of={reports}
      by={(report) => report.id}
      label={t('loadingReports')}
      class="reports"
      empty={
        <Blank icon={<Flag size={28} />} title={t('noReports')}>
          <p>{t('noReportsHint')}</p>
        </Blank>
      }
    >
      {(report) => <ReportCard report={report()} onChange={changed} onGone={gone} />}
    </PagedList>
  );
}

function ReportCard(props: { report: Report; onChange: (report: Report) => void; onGone: (messageId: string) => void }) {
  const { admin } = useClient().api;
  const now = createNow();
  const [deleting, setDeleting] = createSignal(false);
  const [suspending, setSuspending] = createSignal(false);
  const message = () => props.report.message;
  const resolving = createCommand(async () =>
    props.onChange(await admin.resolveReport.mutate({ reportId: props.report.id, resolved: props.report.resolvedAt === null })),
  );
  const remove = async () => {
    await admin.deleteReported.mutate({ reportId: props.report.id });
    props.onGone(message().id);
  };
  return (
    <li class="report" classList={{ 'report-done': props.report.resolvedAt !== null }}>
      <div class="member">
        <PersonLine user={message().author} note={t('wroteIt', calendar.brief(message().createdAt, now()))}>
          <Show when={props.report.resolvedAt}>
            <span class="tag tag-quiet">{t('resolved')}</span>
          </Show>
        </PersonLine>
      </div>
      <blockquote class="report-text" dir="auto">
        <Show when={message().text !== null} fallback={<i>{t('messageIsDeleted')}</i>}>
          {message().text || t('onlyFiles')}
        </Show>
      </blockquote>
      <p class="report-reason" dir="auto">
        <bdi>{props.report.reporter.name}</bdi>, {calendar.brief(props.report.createdAt, now())}: {props.report.reason}
      </p>
      <div class="verbs">
        <Button busy={resolving.busy()} onClick={() => void resolving.run()}>
          {props.report.resolvedAt === null ? t('resolve') : t('openAgain')}
        </Button>
        <Show when={message().text !== null}>
          <Button look="quiet" class="button-leave" onClick={() => setDeleting(true)}>
            {t('deleteMessage')}
          </Button>
        </Show>
        <Button look="quiet" class="button-leave" onClick={() => setSuspending(true)}>
          {t('suspendAuthor')}
        </Button>
      </div>
      <Confirm
        open={deleting()}
        onClose={() => setDeleting(false)}
        title={t('deleteAsked')}
        description={t('deleteHint')}
        verb={t('delete')}
        onConfirm={remove}
      />
      <Confirm
        open={suspending()}
        onClose={() => setSuspending(false)}
        title={t('suspendAsked', message().author.name)}
        description={t('suspendAuthorHint')}
        verb={t('suspend')}
        onConfirm={() => admin.updateUser.mutate({ userId: message().author.id, suspended: true })}
      />
    </li>
  );
}
