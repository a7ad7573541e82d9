import type { Bot, BotScope, BotToken } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { dateFormat } from '../language/dates.ts';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Button } from '../ui/button.tsx';
import { createNow } from '../ui/clock.ts';
import { createCommand } from '../ui/command.ts';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { Select } from '../ui/select.tsx';
import { Choices } from './choices.tsx';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

const scopes = [
  { value: 'read', text: 'mayRead' },
  { value: 'post', text: 'mayPost' },
  { value: 'manage', text: 'mayManage' },
] as const;
const days = ['30', '90', '365'] as const;
const calendar = makeCalendar(undefined);
const longDate = dateFormat({ dateStyle: 'long' }, undefined);

/** What a bot shows to come in. Each token is told once, when it is made. */
export function BotTokens(props: { bot: Bot }) {
  const { bots } = useClient().api;
  const now = createNow();
  const [made, setMade] = createSignal<string>();
  const held = createPaged(
    () => props.bot.id,
    (botId, cursor) => bots.tokens.query({ botId, cursor, limit: 20 }),
  );
  const revoking = createCommand(async (token: BotToken) => {
    await bots.revokeToken.mutate({ botId: props.bot.id, tokenId: token.id });
    held.change((all) => all.filter((each) => each.id !== token.id));
  });
  const note = (token: BotToken) =>
    [
      token.scopes.join(', '),
      token.lastUsedAt === null ? t('neverUsed') : t('lastUsed', calendar.brief(token.lastUsedAt, now())),
      ...(token.expiresAt === null ? [] : [t('endsOn', longDate(new Date(token.expiresAt)))]),
    ].join(' · ');
  return (
    <div class="integration-tokens">
      <PagedList of={held} by={(token) => token.id} label={t('loadingTokens')} empty={<p class="field-hint">{t('noTokens')}</p>}>
        {(token) => (
          <li class="integration-head">
            <span class="member-names">
              <bdi class="member-name">{token().name}</bdi>
              <span class="member-handle">{note(token())}</span>
            </span>
            <Button look="quiet" aria-label={t('revokeOf', token().name)} onClick={() => void revoking.run(token())}>
              {t('revoke')}
            </Button>
          </li>
        )}
      </PagedList>
      <Show
        when={made()}
        fallback={
          <NewToken
            botId={props.bot.id}
            onMade={({ token, ...shown }) => {
              setMade(token);
              held.change((all) => [shown, ...all]);
            }}
          />
        }
      >
        {(token) => (
          <ShownOnce says={t('tokenOnce')} label={t('theToken')} copy={t('copyToken')} value={token()} onKept={() => setMade(undefined)} />
        )}
      </Show>
    </div>
  );
}

function NewToken(props: { botId: string; onMade: (made: BotToken & { token: string }) => void }) {
  const { bots } = useClient().api;
  const [name, setName] = createSignal('');
  const [chosen, setChosen] = createSignal<BotScope[]>(['read', 'post']);
  const [ends, setEnds] = createSignal<(typeof days)[number] | 'never'>('never');
  const form = createSubmission(async () => {
    const end = ends();
    const asked = { botId: props.botId, name: name(), scopes: chosen() };
    props.onMade(await bots.createToken.mutate(end === 'never' ? asked : { ...asked, expiresInDays: Number(end) }));
    setName('');
  });
  return (
    <form class="integration-form" onSubmit={form.onSubmit}>
      <Show when={form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <Field label={t('nameOfToken')} value={name()} onText={setName} maxlength={80} autocomplete="off" required />
      <Choices
        label={t('mayWhat')}
        options={scopes.map(({ value, text }) => ({ value, text: t(text) }))}
        chosen={chosen()}
        onChoose={setChosen}
      />
      <Select
        label={t('endsAfter')}
        value={ends()}
        options={[{ value: 'never' as const, text: t('forEver') }, ...days.map((value) => ({ value, text: t('forDays', Number(value)) }))]}
        onChoose={setEnds}
      />
      <Button type="submit" busy={form.busy()} aria-disabled={chosen().length === 0}>
        {t('makeToken')}
      </Button>
    </form>
  );
}
