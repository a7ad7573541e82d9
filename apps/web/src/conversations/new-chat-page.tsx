import type { Created, Pending } from '@koreromai/contract';
import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import type { Guest } from '../people/guest-list.ts';
import { PeopleInput } from '../people/people-input.tsx';
import { SeatCounter } from '../people/seat-counter.tsx';
import { overfullSentence, seatingOf } from '../people/seats.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { CreatedLinks } from './created-links.tsx';
import { PageHead } from './page-head.tsx';
import { chatHref } from './paths.ts';
import { t } from './words.ts';

export default function NewChatPage() {
  const client = useClient();
  const navigate = useNavigate();
  const [guests, setGuests] = createSignal<Guest[]>([]);
  const [name, setName] = createSignal('');
  const [created, setCreated] = createSignal<{ conversationId: string | null; pending: readonly Pending[] }>();
  const seating = createMemo(() => seatingOf(guests().filter((guest) => guest.problem === undefined).length));
  const wrong = () => guests().some((guest) => guest.problem !== undefined);
  const ready = () => !wrong() && (seating().kind === 'direct' || seating().kind === 'group');

  const settle = (result: Created) => {
    const conversation = result.status === 'pending' ? null : result.conversation;
    const pending = result.status === 'pending' ? [result.pending] : result.conversation.pending;
    if (conversation !== null && pending.length === 0) return navigate(chatHref(conversation.id));
    setCreated({ conversationId: conversation?.id ?? null, pending });
  };
  const form = createSubmission(async () => {
    if (!ready()) return;
    const people = guests().map((guest) => guest.key);
    const [first] = people;
    if (seating().kind === 'direct' && first !== undefined)
      return settle(await client.createConversation({ kind: 'direct', person: first }));
    const called = name().trim();
    settle(await client.createConversation({ kind: 'group', people, ...(called !== '' && { name: called }) }));
  });

  return (
    <main class="main-pane pane" id="main" tabindex="-1" data-landmark>
      <PageHead title={t('newChat')} />
      <div class="page-scroll">
        <div class="page-column">
          <Show
            when={created()}
            fallback={
              <form class="door-form" onSubmit={form.onSubmit}>
                <PeopleInput label={t('withWhom')} guests={guests()} onGuests={setGuests} focusAtOnce />
                <SeatCounter seats={seating().seats} />
                <Show when={seating().kind === 'group' || name() !== ''}>
                  <Field label={t('groupName')} name="group" dir="auto" maxlength={80} value={name()} onText={setName} />
                </Show>
                <SeatingNotice seating={seating()} />
                <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
                <Button type="submit" look="primary" busy={form.busy()} aria-disabled={!ready()}>
                  {seating().kind === 'direct' ? t('startDirect') : t('createGroup')}
                </Button>
              </form>
            }
          >
            {(done) => <CreatedLinks conversationId={done().conversationId} pending={done().pending} />}
          </Show>
        </div>
      </div>
    </main>
  );
}

function SeatingNotice(props: { seating: ReturnType<typeof seatingOf> }) {
  const surplus = () => (props.seating.kind === 'overfull' ? props.seating.surplus : 0);
  return (
    <>
      <Show when={props.seating.kind === 'direct'}>
        <Notice tone="info">{t('twoAreDirect')}</Notice>
      </Show>
      <Show when={surplus() > 0}>
        <Notice tone="error">{overfullSentence(surplus())}</Notice>
      </Show>
    </>
  );
}
