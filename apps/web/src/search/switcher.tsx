import { refusalOf } from '@koreromai/client';
import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, createUniqueId, For, Match, Show, Switch } from 'solid-js';
import { ConversationAvatar } from '../conversations/conversation-avatar.tsx';
import { listStep } from '../conversations/list-keys.ts';
import { chatHref } from '../conversations/paths.ts';
import { Avatar } from '../people/avatar.tsx';
import { lockReason, roomHref } from '../rooms/access.ts';
import { RoomSign } from '../rooms/room-sign.tsx';
import { useClient, useMe, useState } from '../session/session.tsx';
import { createAsked } from '../ui/asked.ts';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast.tsx';
import { chatGoals, type Goal, ranked } from './switcher-items.ts';
import './switcher.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

const FEW = 8;

/** Ctrl+K: type a few letters of a chat, a room or a person, and be there (UI15). */
export default function Switcher(props: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('goTo')}>
      <Finder onClose={props.onClose} />
    </Dialog>
  );
}

/** Built when the dialog opens, so it starts empty each time. */
function Finder(props: { onClose: () => void }) {
  const client = useClient();
  const me = useMe();
  const navigate = useNavigate();
  const id = createUniqueId();
  const [query, setQuery] = createSignal('');
  const [at, setAt] = createSignal(0);
  const state = useState((held) => held); // it may be opened before the chats have come
  const chats = createMemo(() => chatGoals(state(), me().id));
  const elsewhere = createAsked(query, (words) => (words === '' ? Promise.resolve([]) : lookUp(words)));
  const goals = createMemo(() => ranked(query(), chats(), elsewhere.value() ?? []));
  const chosen = () => goals()[Math.min(at(), goals().length - 1)];

  async function lookUp(words: string): Promise<Goal[]> {
    const [rooms, people] = await Promise.all([
      client.api.rooms.list.query({ query: words, sort: 'activity', limit: FEW }).catch(() => ({ items: [] })),
      client.api.users.list.query({ query: words, limit: FEW }).catch(() => ({ items: [] })), // the directory may be closed
    ]);
    return [
      ...rooms.items.map((room) => ({ kind: 'room' as const, id: room.id, title: room.name ?? '', note: lockReason(room), room })),
      ...people.items
        .filter((user) => user.id !== me().id)
        .map((user) => ({ kind: 'person' as const, id: user.id, title: user.name, note: `@${user.username}`, user })),
    ];
  }
  const go = async (goal: Goal | undefined) => {
    if (goal === undefined) return;
    props.onClose();
    if (goal.kind === 'chat') return navigate(chatHref(goal.id));
    if (goal.kind === 'room') return navigate(roomHref(goal.room));
    try {
      const made = await client.createConversation({ kind: 'direct', person: goal.id });
      if (made.status !== 'pending') navigate(chatHref(made.conversation.id));
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
    }
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = event.key === 'Home' || event.key === 'End' ? null : listStep(event.key, at(), goals().length);
    if (event.key !== 'Enter' && step === null) return;
    event.preventDefault();
    if (step === null) return void go(chosen());
    setAt(step);
    document.getElementById(`${id}-${step}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div class="switcher">
      <div class="field-box">
        <input
          class="field-input"
          type="text"
          role="combobox"
          aria-label={t('chatRoomOrPerson')}
          aria-expanded={goals().length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen() === undefined ? undefined : `${id}-${Math.min(at(), goals().length - 1)}`}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          placeholder={t('chatRoomOrPerson')}
          onInput={(event) => {
            setQuery(event.currentTarget.value.trim());
            setAt(0);
          }}
          onKeyDown={keyDown}
        />
      </div>
      <Show when={goals().length > 0} fallback={<p class="field-hint">{elsewhere.busy() ? t('looking') : t('nothingCalledThat')}</p>}>
        <div class="goals" id={`${id}-list`} role="listbox" aria-label={t('whereToGo')}>
          <For each={goals()}>
            {(goal, index) => (
              <button
                type="button"
                class="goal"
                id={`${id}-${index()}`}
                role="option"
                tabindex={-1}
                aria-selected={goal === chosen()}
                onClick={() => void go(goal)}
                onPointerMove={() => setAt(index())}
              >
                <Face goal={goal} />
                <bdi class="goal-title">{goal.title}</bdi>
                <span class="goal-note">{goal.note}</span>
              </button>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}

function Face(props: { goal: Goal }) {
  const me = useMe();
  return (
    <Switch>
      <Match when={props.goal.kind === 'chat' && props.goal}>
        {(goal) => <ConversationAvatar conversation={goal().chat} meId={me().id} size="small" />}
      </Match>
      <Match when={props.goal.kind === 'room' && props.goal}>{(goal) => <RoomSign room={goal().room} size="small" />}</Match>
      <Match when={props.goal.kind === 'person' && props.goal}>
        {(goal) => <Avatar id={goal().id} name={goal().title} picture={goal().user.avatarUrl} size="small" />}
      </Match>
    </Switch>
  );
}
