import type { Hook } from '@koreromai/contract';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { PersonLine } from '../people/person-line.tsx';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

/** Addresses at which other systems write in this chat. */
export function Incoming(props: { conversationId: string }) {
  const { hooks } = useClient().api;
  const [name, setName] = createSignal('');
  const [made, setMade] = createSignal<string>();
  const held = createPaged(
    () => props.conversationId,
    (conversationId, cursor) => hooks.list.query({ conversationId, cursor, limit: 20 }),
  );
  const form = createSubmission(async () => {
    if (name().trim() === '') return;
    const { url, ...shown } = await hooks.create.mutate({ conversationId: props.conversationId, name: name() });
    setName('');
    setMade(url);
    held.change((all) => [shown, ...all]);
  });
  const remove = async (hook: Hook) => {
    await hooks.remove.mutate({ conversationId: props.conversationId, hookId: hook.id });
    held.change((all) => all.filter((each) => each.id !== hook.id));
  };
  return (
    <div class="integration">
      <h4>{t('incoming')}</h4>
      <p class="field-hint">{t('incomingHint')}</p>
      <PagedList of={held} by={(hook) => hook.id} label={t('loadingHooks')} empty={<p class="field-hint">{t('noIncoming')}</p>}>
        {(hook) => <HookRow hook={hook()} onRemove={() => remove(hook())} />}
      </PagedList>
      <Show
        when={made()}
        fallback={
          <form class="integration-form" onSubmit={form.onSubmit}>
            <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
            <Field label={t('nameOfHook')} value={name()} onText={setName} maxlength={80} autocomplete="off" required />
            <Button type="submit" busy={form.busy()}>
              {t('makeHook')}
            </Button>
          </form>
        }
      >
        {(url) => (
          <ShownOnce says={t('hookOnce')} label={t('theAddress')} copy={t('copyAddress')} value={url()} onKept={() => setMade(undefined)} />
        )}
      </Show>
    </div>
  );
}

function HookRow(props: { hook: Hook; onRemove: () => Promise<void> }) {
  const [asking, setAsking] = createSignal(false);
  const name = () => props.hook.bot.name;
  return (
    <li class="integration-head">
      <PersonLine user={props.hook.bot} note={props.hook.works ? t('madeBy', props.hook.madeBy.name) : t('stopped')} />
      <IconButton label={t('removeOf', name())} onClick={() => setAsking(true)}>
        <Trash size={18} aria-hidden="true" />
      </IconButton>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('removeAsked', name())}
        description={t('removeHookHint')}
        verb={t('remove')}
        onConfirm={() => props.onRemove()}
      />
    </li>
  );
}
