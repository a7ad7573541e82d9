import { type Conversation, limits } from '@koreromai/contract';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { toast } from '../ui/toast.tsx';
import type { Guest } from './guest-list.ts';
import { PeopleInput } from './people-input.tsx';
import { SeatCounter } from './seat-counter.tsx';
import { overfullSentence, seatingOf } from './seats.ts';
import { t } from './words.ts';

export function AddPeople(props: { conversation: Conversation }) {
  const [open, setOpen] = createSignal(false);
  const full = () => props.conversation.seats >= limits.group.maxSeats;
  return (
    <>
      <Button look="quiet" aria-disabled={full()} onClick={() => setOpen(true)}>
        <UserPlus size={18} aria-hidden="true" />
        {full() ? t('groupFull') : t('addPeople')}
      </Button>
      <Dialog open={open()} onClose={() => setOpen(false)} title={t('addPeople')} description={t('addPeopleHint')}>
        <AddForm conversation={props.conversation} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** Built when the dialog opens, so it starts empty each time. */
function AddForm(props: { conversation: Conversation; onDone: () => void }) {
  const client = useClient();
  const [guests, setGuests] = createSignal<Guest[]>([]);
  const seating = () => seatingOf(props.conversation.seats - 1 + guests().filter((guest) => guest.problem === undefined).length);
  const surplus = () => {
    const now = seating();
    return now.kind === 'overfull' ? now.surplus : 0;
  };
  const ready = () => guests().length > 0 && surplus() === 0 && guests().every((guest) => guest.problem === undefined);
  const form = createSubmission(async () => {
    if (!ready()) return;
    const invitedBefore = props.conversation.pending.length;
    const after = await client.updateConversation({ conversationId: props.conversation.id, add: guests().map((guest) => guest.key) });
    if (after.pending.length > invitedBefore) toast(t('passOnLinks'));
    props.onDone();
  });
  return (
    <form class="door-form" onSubmit={form.onSubmit}>
      <PeopleInput label={t('whoJoins')} guests={guests()} onGuests={setGuests} focusAtOnce />
      <SeatCounter seats={seating().seats} />
      <Show when={surplus() > 0}>
        <Notice tone="error">{overfullSentence(surplus())}</Notice>
      </Show>
      <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Button type="submit" look="primary" busy={form.busy()} aria-disabled={!ready()}>
        {t('add')}
      </Button>
    </form>
  );
}
