import type { Refused as Refusing } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';
import { t } from './words.ts';

/** What others see of my reading, and where I refused to be added again (M10, M11). */
export function Privacy() {
  return (
    <section class="settings-part" aria-labelledby="privacy-title">
      <h2 id="privacy-title">{t('privacy')}</h2>
      <Receipts />
      <Refusals />
      <A class="button button-quiet" href="/people?show=blocks">
        {t('peopleBlocked')}
      </A>
    </section>
  );
}

function Receipts() {
  const { preferences } = useClient().api;
  const mine = createAsked(
    () => true,
    () => preferences.get.query(),
  );
  const setting = createCommand(async (receipts: boolean) => mine.set(await preferences.set.mutate({ receipts })));
  return (
    <Answer of={mine} label={t('loadingPreferences')} rows={1}>
      {(held) => (
        <label class="setting">
          <input
            type="checkbox"
            checked={held().receipts}
            onChange={(event) => {
              const box = event.currentTarget;
              void setting.run(box.checked).then((done) => {
                if (!done) box.checked = held().receipts;
              });
            }}
          />
          <span class="setting-text">
            {t('receipts')}
            <small>{t('receiptsHint')}</small>
          </span>
        </label>
      )}
    </Answer>
  );
}

function Refusals() {
  const { refusals } = useClient().api;
  const all = createPaged(
    () => true,
    (_always, cursor) => refusals.list.query({ cursor }),
  );
  const lifting = createCommand(async (refusing: Refusing) => {
    await refusals.lift.mutate({ targetId: refusing.id });
    all.change((held) => held.filter((each) => each.id !== refusing.id));
  });
  const nameOf = (refusing: Refusing) => refusing.user?.name ?? refusing.conversationName ?? t('unnamedGroup');
  return (
    <div class="settings-list">
      <h3 class="field-label">{t('refusals')}</h3>
      <PagedList
        of={all}
        by={(refusing) => refusing.id}
        label={t('loadingRefusals')}
        class="lines"
        empty={<p class="field-hint">{t('noRefusals')}</p>}
      >
        {(refusing) => (
          <li class="member">
            <span class="member-names">
              <bdi class="member-name">{nameOf(refusing())}</bdi>
              <span class="member-handle">
                <Show when={refusing().kind === 'person'} fallback={t('refusedGroup')}>
                  {t('refusedPerson')}
                </Show>
              </span>
            </span>
            <Button busy={lifting.busy()} aria-label={t('allowAgainOf', nameOf(refusing()))} onClick={() => void lifting.run(refusing())}>
              {t('allowAgain')}
            </Button>
          </li>
        )}
      </PagedList>
    </div>
  );
}
