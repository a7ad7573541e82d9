import { outboxOf } from '@koreromai/client';
import type { Conversation, Message } from '@koreromai/contract';
import { createEffect, createMemo, createSignal, on, onMount, Show, untrack } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { useClient, useMe, useState } from '../session/session.tsx';
import { display } from '../settings/display.ts';
import { createNow } from '../ui/clock.ts';
import { Keyed } from '../ui/keyed.tsx';
import { Announcer } from './announcer.tsx';
import { remembered, storedBubble, unsentBubble } from './bubbles.ts';
import { makeCalendar } from './calendar.ts';
import { DaySection } from './day-section.tsx';
import { happeningsOf, joinings, placed } from './happenings.ts';
import { HistoryEdge } from './history-edge.tsx';
import { createJump } from './jump.ts';
import { NewPill } from './new-pill.tsx';
import { createLooking } from './presence.ts';
import { createRowGestures } from './row-gestures.ts';
import { type Day, daysOf, newestFirst, sameItems, steady } from './rows.ts';
import { createScroll } from './scroll.ts';
import { createUnread } from './unread.ts';
import { around, capped, inWindow, isFull, newer, newest, older, trimmed, type Window } from './window.ts';
import './timeline.css';
import { t } from './words.ts';

/** One conversation's messages. Built anew for each conversation, so nothing of the one before can remain. */
export function Timeline(props: { conversation: Conversation; ref?: (toEnd: () => void) => void }) {
  const client = useClient();
  const talk = useTalk();
  const me = useMe();
  const now = createNow();
  const calendar = makeCalendar(undefined);
  const id = untrack(() => props.conversation.id);
  const turned = untrack(display.order) === 'newestFirst';
  const timeline = useState((state) => state.timelines[id]);
  const outbox = useState((state) => state.outbox);
  const messages = createMemo(() => timeline()?.messages ?? []);
  const unsent = createMemo(() => {
    outbox();
    return outboxOf(client.store.get(), id).map((entry) => unsentBubble(entry, me()));
  });

  const [window_, setWindow] = createSignal<Window>(newest(untrack(messages)));
  /** Which way was drawn since the reader moved: what that lets go of on the other side is not drawn again at once. */
  let way: 'up' | 'down' | null = null;
  const scroll = createScroll(() => {
    way = null;
    reach();
  }, turned);
  const unread = createUnread({ conversation: () => props.conversation, messages, atEnd: scroll.atEnd, looking: createLooking() });
  const shown = createMemo(() => inWindow(messages(), window_()), undefined, { equals: sameItems });
  const bubbleOf = remembered((message: Message) => storedBubble(message, me().id));
  const happened = happeningsOf(client);
  const author = (userId: string) => messages().findLast((message) => message.author.id === userId)?.author;
  const happenings = createMemo(() => [...joinings(props.conversation, me().id, author), ...(happened()[id] ?? [])]);
  const days = createMemo<Day[]>((before) => {
    const stored = shown().map(bubbleOf);
    const end = window_().to === null;
    const bubbles = end ? [...stored, ...unsent()] : stored;
    const start = timeline()?.complete === true && stored.length === messages().length;
    const all = daysOf(bubbles, calendar, unread.dividerAfter(), placed(happenings(), bubbles, { start, end }));
    return steady(before, turned ? newestFirst(all) : all);
  }, []);
  const lastOwn = createMemo(() => messages().findLast((message) => message.author.id === me().id)?.id);

  /** Draws or fetches what comes next in the direction of the reader. */
  const reach = () => {
    const full = isFull(messages(), window_());
    if (way !== 'down' && scroll.nearOldest(full)) {
      const next = older(messages(), window_());
      const held = timeline();
      if (next !== null) {
        way = 'up';
        setWindow(next);
      } else if (held !== undefined && !held.complete && !held.loading && held.error === null) void client.loadOlder(id);
    }
    if (way !== 'up' && scroll.nearNewest(full)) {
      const next = newer(messages(), window_());
      if (next !== null) {
        way = 'down';
        setWindow(next);
      }
    }
  };
  const toEnd = () => {
    setWindow(newest(messages()));
    scroll.toEnd();
  };
  props.ref?.(toEnd);
  const gestures = createRowGestures(talk, (messageId) => messages().find((message) => message.id === messageId), turned);
  const rowAt = (seq: number) => content?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  const jump = createJump({
    client,
    conversationId: id,
    show: (seq) => rowAt(seq) || setWindow(around(messages(), seq)),
    row: rowAt,
    reveal: scroll.reveal,
  });
  talk.onJump((seq) => void jump(seq));

  let scroller: HTMLElement | undefined;
  let content: HTMLDivElement | undefined;
  let opened = false;
  onMount(() => {
    if (scroller !== undefined && content !== undefined) scroll.attach(scroller, content);
  });
  createEffect(
    on(days, (drawn) => {
      if (!opened && drawn.length > 0) {
        opened = true;
        const divider = content?.querySelector('[data-unread]');
        scroll.toEnd();
        if (divider) scroll.reveal(divider);
      } else scroll.settle();
      const bounded = scroll.atEnd() || scroll.nearNewest(true) ? trimmed : capped;
      setWindow((before) => bounded(messages(), before));
      queueMicrotask(reach);
    }),
  );

  const edge = () => (
    <HistoryEdge
      timeline={timeline()}
      conversation={props.conversation}
      reached={shown().length === messages().length}
      blank={shown().length + unsent().length === 0}
    />
  );
  return (
    <div class="timeline" data-state={props.conversation.state} data-order={turned ? 'newestFirst' : 'newestLast'}>
      <section ref={scroller} class="timeline-scroll" tabindex="0" aria-label={t('messages')} data-testid="timeline" {...gestures}>
        <div ref={content}>
          <Show when={!turned}>{edge()}</Show>
          <ol class="timeline-rows">
            <Keyed each={days()} by={(day) => day.key}>
              {(day) => (
                <DaySection
                  day={day()}
                  named={props.conversation.kind !== 'direct'}
                  lastOwn={lastOwn()}
                  meId={me().id}
                  calendar={calendar}
                  now={now()}
                />
              )}
            </Keyed>
          </ol>
          <Show when={turned}>{edge()}</Show>
        </div>
      </section>
      <Show when={!scroll.atEnd() || window_().to !== null}>
        <NewPill fresh={unread.fresh()} up={turned} onClick={toEnd} />
      </Show>
      <Announcer messages={messages()} meId={me().id} />
    </div>
  );
}
