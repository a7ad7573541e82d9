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

/** Asks the moderators to look at one message (2.4): what they will see, and why, is said first. */
export default function ReportDialog(props: { message: Message | null }) {
  const talk = useTalk();
  return (
    <Dialog
      open={props.message !== null}
      onClose={() => talk.report(null)}
      title="Report this message?"
      description="Those who moderate this server see this message, your name and your reason, and nothing else of the chat. Its author is not told."
    >
      <Show when={props.message} keyed>
        {(message) => <ReportForm messageId={message.id} onDone={() => talk.report(null)} />}
      </Show>
    </Dialog>
  );
}

function ReportForm(props: { messageId: string; onDone: () => void }) {
  const client = useClient();
  const [reason, setReason] = createSignal('');
  const form = createSubmission(async () => {
    await client.api.messages.report.mutate({ messageId: props.messageId, reason: reason() });
    props.onDone();
    toast('Thank you. The moderators will look at it.');
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <TextArea
        label="What is wrong with it?"
        required
        maxlength={limits.report.maxLength}
        value={reason()}
        onText={setReason}
        error={form.fieldError('reason')}
      />
      <Show when={!form.refused()?.fields && form.refused()}>{(refused) => <Notice tone="error">{refused().message}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()} aria-disabled={reason().trim() === ''}>
        Report
      </Button>
    </form>
  );
}
