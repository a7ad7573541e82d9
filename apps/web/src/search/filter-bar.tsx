import { conversationsByActivity } from '@koreromai/client';
import type { User } from '@koreromai/contract';
import UserRound from 'lucide-solid/icons/user-round';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, Show } from 'solid-js';
import { titleOf } from '../conversations/naming.ts';
import { PersonFinder } from '../people/person-finder.tsx';
import { useClient, useMe, useState } from '../session/session.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { type Filters, kinds } from './filters.ts';
import { t } from './words.ts';

interface FilterBarProps {
  filters: Filters;
  onChange: (part: Partial<Filters>) => void;
}

/** Where, by whom, with what and when: each also to be typed among the words. */
export function FilterBar(props: FilterBarProps) {
  const client = useClient();
  const me = useMe();
  const held = useState((state) => state.conversations);
  const places = createMemo(() => {
    held();
    const chats = conversationsByActivity(client.store.get()).map((chat) => ({ value: chat.id, text: titleOf(chat, me().id) }));
    const visited = held()[props.filters.in];
    const known = props.filters.in === '' || chats.some((chat) => chat.value === props.filters.in);
    const here = known ? [] : [{ value: props.filters.in, text: visited ? titleOf(visited, me().id) : t('oneChat') }];
    return [{ value: '', text: t('anywhere') }, ...here, ...chats];
  });
  const anything = () => ['in', 'from', 'has', 'after', 'before'].some((name) => props.filters[name as keyof Filters] !== '');
  return (
    <div class="filters">
      <Select label={t('in')} value={props.filters.in} options={places()} onChoose={(chosen) => props.onChange({ in: chosen })} />
      <FromFilter from={props.filters.from} onChange={(from) => props.onChange({ from })} />
      <Select
        label={t('has')}
        value={props.filters.has}
        options={[{ value: '' as const, text: t('anything') }, ...kinds.map((kind) => ({ value: kind, text: t(kind) }))]}
        onChoose={(has) => props.onChange({ has })}
      />
      <Field
        label={t('fromDay')}
        type="date"
        value={props.filters.after}
        max={props.filters.before}
        onText={(after) => props.onChange({ after })}
      />
      <Field
        label={t('beforeDay')}
        type="date"
        value={props.filters.before}
        min={props.filters.after}
        onText={(before) => props.onChange({ before })}
      />
      <Show when={anything()}>
        <Button look="quiet" onClick={() => props.onChange({ in: '', from: '', has: '', after: '', before: '' })}>
          <X size={16} aria-hidden="true" />
          {t('clearFilters')}
        </Button>
      </Show>
    </div>
  );
}

function FromFilter(props: { from: string; onChange: (from: string) => void }) {
  const client = useClient();
  const me = useMe();
  const [open, setOpen] = createSignal(false);
  const person = createAsked(
    () => props.from,
    (id): Promise<Pick<User, 'name'> | null> =>
      id === '' ? Promise.resolve(null) : id === me().id ? Promise.resolve({ name: t('you') }) : client.api.users.get.query({ userId: id }),
  );
  const shown = () => (props.from === '' ? t('anybody') : (person.value()?.name ?? t('onePerson')));
  const choose = (id: string) => {
    props.onChange(id);
    setOpen(false);
  };
  return (
    <div class="field">
      <span class="field-label" id="from-label">
        {t('by')}
      </span>
      <button
        type="button"
        class="field-box filter-from"
        aria-haspopup="dialog"
        aria-label={t('byOf', shown())}
        onClick={() => setOpen(true)}
      >
        <bdi>{shown()}</bdi>
        <UserRound size={18} aria-hidden="true" />
      </button>
      <Dialog open={open()} onClose={() => setOpen(false)} title={t('messagesBy')}>
        <PersonFinder
          label={t('findPeople')}
          action={(user) => (
            <Button aria-label={t('onlyBy', user.name)} onClick={() => choose(user.id)}>
              {t('choose')}
            </Button>
          )}
        />
        <div class="toolbar">
          <Button onClick={() => choose(me().id)}>{t('me')}</Button>
          <Button onClick={() => choose('')}>{t('anybody')}</Button>
        </div>
      </Dialog>
    </div>
  );
}
