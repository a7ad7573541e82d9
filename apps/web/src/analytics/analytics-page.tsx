import { useSearchParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { useClient, useMe } from '../session/session.tsx';
import { makeCalendar } from '../timeline/calendar.ts';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { createNow } from '../ui/clock.ts';
import { Notice } from '../ui/notice.tsx';
import { BarList } from './bar-list.tsx';
import { DayChart } from './day-chart.tsx';
import { allDays } from './days.ts';
import { boundsOf, everyDay, faultOf, type Preset, presets, rangeOf } from './range.ts';
import { RangeBar } from './range-bar.tsx';
import './analytics.css';
import { t } from './words.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const calendar = makeCalendar(undefined);
const FIVE = 5;

/** /analytics – who writes most, where, and how much on which day (UI41): what I may see, or everything for site admins. */
export default function AnalyticsPage() {
  const { analytics } = useClient().api;
  const me = useMe();
  const now = createNow();
  const [params, setParams] = useSearchParams<{ range: string; from: string; to: string }>();
  const preset = (): Preset => presets.find((each) => each.value === params.range)?.value ?? '30';
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');
  const today = createMemo(() => calendar.dayOf(now()));
  const custom = () => ({ from: text(params.from), to: text(params.to) });
  const range = () => rangeOf(preset(), today(), custom());
  const asked = createMemo(() => JSON.stringify({ ...boundsOf(range()), tz: zone }));
  const bounds = () => ({ ...boundsOf(range()), tz: zone });
  const unlessWrong = <Value,>(ask: () => Promise<Value>, nothing: Value) => (faultOf(range()) ? Promise.resolve(nothing) : ask());

  const users = createAsked(asked, () => unlessWrong(async () => (await analytics.topUsers.query({ ...bounds(), limit: FIVE })).items, []));
  const chats = createAsked(asked, () =>
    unlessWrong(async () => (await analytics.topConversations.query({ ...bounds(), limit: FIVE })).items, []),
  );
  const days = createAsked(asked, () =>
    unlessWrong(() => allDays((cursor) => analytics.daily.query({ ...bounds(), cursor, limit: 100 })), []),
  );
  return (
    <Page title={t('activity')} wide>
      <RangeBar
        preset={preset()}
        custom={custom()}
        onPreset={(chosen) =>
          setParams(chosen === 'custom' ? { range: chosen, ...range() } : { range: chosen, from: null, to: null }, { replace: true })
        }
        onCustom={(chosen) => setParams({ from: chosen.from || null, to: chosen.to || null }, { replace: true })}
      />
      <Show when={faultOf(range())}>{(fault) => <Notice tone="error">{fault()}</Notice>}</Show>
      <p class="field-hint">{me().role === 'admin' ? t('allCounted') : t('yoursCounted')}</p>
      <div class="numbers">
        <Answer of={days} label={t('countingMessages')}>
          {(counts) => <DayChart days={everyDay(counts(), range(), today())} />}
        </Answer>
        <div class="numbers-lists">
          <Answer of={users} label={t('countingPeople')} rows={5}>
            {(top) => (
              <BarList
                title={t('whoWritesMost')}
                column={t('person')}
                rows={top().map((each) => ({
                  key: each.user.id,
                  name: each.user.name,
                  href: `/people/${each.user.id}`,
                  messages: each.messages,
                }))}
              />
            )}
          </Answer>
          <Answer of={chats} label={t('countingChats')} rows={5}>
            {(top) => (
              <BarList
                title={t('whereMost')}
                column={t('chat')}
                rows={top().map(({ conversation, messages }) => ({ key: conversation.id, name: conversation.name, messages }))}
              />
            )}
          </Answer>
        </div>
      </div>
    </Page>
  );
}
