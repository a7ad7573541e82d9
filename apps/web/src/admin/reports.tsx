import type { Report, User } from '@koreromai/contract';
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

type MessageReport = Extract<Report, { kind: 'message' }>;

/** What people asked the moderators to look at: a message alone, nothing else of its chat, or a person. */
export function Reports() {
  const { admin } = useClient().api;
  const reports = createPaged(
    () => true,
    (_always, cursor) => admin.reports.query({ cursor, limit: 20 }),
  );
  const changed = (report: Report) => reports.change((held) => held.map((each) => (each.id === report.id ? report : each)));
  const gone = (messageId: string) =>
    reports.change((held) =>
      held.map((each) =>
        each.kind === 'message' && each.message.id === messageId ? { ...each, message: { ...each.message, text: null } } : each,
      ),
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
  const ofMessage = (): MessageReport | undefined => (props.report.kind === 'message' ? props.report : undefined);
  const person = () => (props.report.kind === 'message' ? props.report.message.author : props.report.person);
  const note = () =>
    props.report.kind === 'message' ? t('wroteIt', calendar.brief(props.report.message.createdAt, now())) : t('wasReported');
  const resolving = createCommand(async () =>
    props.onChange(await admin.resolveReport.mutate({ reportId: props.report.id, resolved: props.report.resolvedAt === null })),
  );
  return (
    <li class="report" classList={{ 'report-done': props.report.resolvedAt !== null }}>
      <div class="member">
        <PersonLine user={person()} note={note()}>
          <Show when={props.report.resolvedAt}>
            <span class="tag tag-quiet">{t('resolved')}</span>
          </Show>
        </PersonLine>
      </div>
      <Show when={ofMessage()}>
        {(report) => (
          <blockquote class="report-text" dir="auto">
            <Show when={report().message.text !== null} fallback={<i>{t('messageIsDeleted')}</i>}>
              {report().message.text || t('onlyFiles')}
            </Show>
          </blockquote>
        )}
      </Show>
      <p class="report-reason" dir="auto">
        <bdi>{props.report.reporter.name}</bdi>, {calendar.brief(props.report.createdAt, now())}: {props.report.reason}
      </p>
      <div class="verbs">
        <Button busy={resolving.busy()} onClick={() => void resolving.run()}>
          {props.report.resolvedAt === null ? t('resolve') : t('openAgain')}
        </Button>
        <Show when={ofMessage()}>{(report) => <DeleteReported report={report()} onGone={props.onGone} />}</Show>
        <SuspendReported user={person()} ofMessage={ofMessage() !== undefined} />
      </div>
    </li>
  );
}

function DeleteReported(props: { report: MessageReport; onGone: (messageId: string) => void }) {
  const { admin } = useClient().api;
  const [asking, setAsking] = createSignal(false);
  const remove = async () => {
    await admin.deleteReported.mutate({ reportId: props.report.id });
    props.onGone(props.report.message.id);
  };
  return (
    <Show when={props.report.message.text !== null}>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        {t('deleteMessage')}
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('deleteAsked')}
        description={t('deleteHint')}
        verb={t('delete')}
        onConfirm={remove}
      />
    </Show>
  );
}

function SuspendReported(props: { user: User; ofMessage: boolean }) {
  const { admin } = useClient().api;
  const [asking, setAsking] = createSignal(false);
  return (
    <>
      <Button look="quiet" class="button-leave" onClick={() => setAsking(true)}>
        {props.ofMessage ? t('suspendAuthor') : t('suspendPerson')}
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('suspendAsked', props.user.name)}
        description={t('suspendAuthorHint')}
        verb={t('suspend')}
        onConfirm={() => admin.updateUser.mutate({ userId: props.user.id, suspended: true })}
      />
    </>
  );
}
