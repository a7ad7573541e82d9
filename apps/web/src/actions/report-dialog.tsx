import type { Message } from '@koreromai/client';
import { limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { toast } from '../ui/toast.tsx';
import { useTalk } from './talk.tsx';
import '../session/door.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

/** Asks the moderators to look at one message (2.4): what they will see, and why, is said first. */
export default function ReportDialog(props: { message: Message | null }) {
  const talk = useTalk();
  const { messages } = useClient().api;
  const send = (message: Message) => (reason: string) => messages.report.mutate({ messageId: message.id, reason });
  return (
    <Dialog open={props.message !== null} onClose={() => talk.report(null)} title={t('reportAsked')} description={t('reportHint')}>
      <Show when={props.message} keyed>
        {(message) => <ReportForm send={send(message)} onDone={() => talk.report(null)} />}
      </Show>
    </Dialog>
  );
}

/** The one question: why. */
export function ReportForm(props: { send: (reason: string) => Promise<unknown>; onDone: () => void }) {
  const [reason, setReason] = createSignal('');
  const form = createSubmission(async () => {
    await props.send(reason());
    props.onDone();
    toast(t('reported'));
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <TextArea
        label={t('whatIsWrong')}
        required
        maxlength={limits.report.maxLength}
        value={reason()}
        onText={setReason}
        error={form.fieldError('reason')}
      />
      <Show when={!form.refused()?.fields && form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()} aria-disabled={reason().trim() === ''}>
        {t('reportVerb')}
      </Button>
    </form>
  );
}
