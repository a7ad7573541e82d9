import type { Preferences } from '@koreromai/contract';
import { useClient } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Select } from '../ui/select.tsx';
import { createWish } from '../ui/wish.ts';
import { t } from './words.ts';

const choices = [
  { value: 'none', text: 'noMails' },
  { value: 'counts', text: 'mailsWithCounts' },
  { value: 'texts', text: 'mailsWithTexts' },
] as const satisfies readonly { value: Preferences['mails']; text: string }[];

/** What is sent to my address about chats while I am away (N3). What each chat tells me of counts besides. */
export function Mails() {
  const { preferences } = useClient().api;
  const mine = createAsked(
    () => true,
    () => preferences.get.query(),
  );
  return (
    <section class="settings-part" aria-labelledby="mails-title">
      <h2 id="mails-title">{t('mails')}</h2>
      <Answer of={mine} label={t('loadingPreferences')} rows={1}>
        {(held) => {
          const { shown, choose } = createWish(
            () => ({ mails: held().mails }),
            async (wish) => mine.set(await preferences.set.mutate(wish)),
          );
          return (
            <Select
              label={t('mailsWhileAway')}
              value={shown().mails}
              options={choices.map(({ value, text }) => ({ value, text: t(text) }))}
              onChoose={(mails) => void choose({ mails })}
            />
          );
        }}
      </Answer>
      <p class="field-hint">{t('mailsHint')}</p>
    </section>
  );
}
