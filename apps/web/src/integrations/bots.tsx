import type { Bot } from '@koreromai/contract';
import Pencil from 'lucide-solid/icons/pencil';
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
import { BotTokens } from './bot-tokens.tsx';
import './integrations.css';
import { RenameBot } from './rename-bot.tsx';
import { t } from './words.ts';

/** Accounts that programs of mine write under. */
export function Bots() {
  const { bots } = useClient().api;
  const [name, setName] = createSignal('');
  const mine = createPaged(
    () => true,
    (_, cursor) => bots.list.query({ cursor, limit: 20 }),
  );
  const form = createSubmission(async () => {
    if (name().trim() === '') return;
    const made = await bots.create.mutate({ name: name() });
    setName('');
    mine.change((held) => [made, ...held]);
  });
  const rename = (bot: Bot, name: string) => mine.change((held) => held.map((each) => (each.id === bot.id ? { ...each, name } : each)));
  const remove = async (bot: Bot) => {
    await bots.remove.mutate({ botId: bot.id });
    mine.change((held) => held.filter((each) => each.id !== bot.id));
  };
  return (
    <section class="settings-part" aria-labelledby="bots-title">
      <h2 id="bots-title">{t('bots')}</h2>
      <p class="field-hint">{t('botsHint')}</p>
      <PagedList of={mine} by={(bot) => bot.id} label={t('loadingBots')} class="sessions" empty={<p class="field-hint">{t('noBots')}</p>}>
        {(bot) => <BotRow bot={bot()} onRename={(name) => rename(bot(), name)} onRemove={() => remove(bot())} />}
      </PagedList>
      <form class="integration-form" onSubmit={form.onSubmit}>
        <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
        <Field label={t('nameOfBot')} value={name()} onText={setName} maxlength={80} autocomplete="off" required />
        <Button type="submit" busy={form.busy()}>
          {t('makeBot')}
        </Button>
      </form>
    </section>
  );
}

function BotRow(props: { bot: Bot; onRename: (name: string) => void; onRemove: () => Promise<void> }) {
  const [naming, setNaming] = createSignal(false);
  let head: HTMLDivElement | undefined;
  const named = (name: string | null) => {
    if (name !== null) props.onRename(name);
    setNaming(false);
    head?.querySelector('button')?.focus(); // where it was opened
  };
  const [open, setOpen] = createSignal(false);
  const [asking, setAsking] = createSignal(false);
  return (
    <li class="integration">
      <div class="integration-head integration-bot" ref={head}>
        <PersonLine user={props.bot} note={props.bot.suspended ? t('botSuspended') : undefined} />
        <IconButton label={t('renameBotOf', props.bot.name)} onClick={() => setNaming(!naming())}>
          <Pencil size={18} aria-hidden="true" />
        </IconButton>
        <Button look="quiet" aria-expanded={open()} aria-label={t('tokensOf', props.bot.name)} onClick={() => setOpen(!open())}>
          {t('tokens')}
        </Button>
        <IconButton label={t('deleteBotOf', props.bot.name)} onClick={() => setAsking(true)}>
          <Trash size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <Show when={naming()}>
        <RenameBot bot={props.bot} onDone={named} />
      </Show>
      <Show when={open()}>
        <BotTokens bot={props.bot} />
      </Show>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('deleteBotAsked', props.bot.name)}
        description={t('deleteBotHint')}
        verb={t('deleteBot')}
        onConfirm={() => props.onRemove()}
      />
    </li>
  );
}
