import { Route, Router } from '@solidjs/router';
import { render, screen } from '@solidjs/testing-library';
import { describe, expect, test } from 'vitest';
import { createTalk, TalkProvider } from '../actions/talk.tsx';
import { SessionProvider, useConversation } from '../session/session.tsx';
import { aroha, ben, group, me, member, mere, message, signedIn, tama, timeline } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import { happenedBetween, joinings } from './happenings.ts';
import { Timeline } from './timeline.tsx';

const show = (state: Parameters<typeof makeFakeClient>[0]) => {
  const client = makeFakeClient(signedIn(state));
  const Held = () => {
    const held = useConversation(() => 'group');
    return <Timeline conversation={held() ?? group()} />;
  };
  const Chat = () => (
    <TalkProvider talk={createTalk()}>
      <Held />
    </TalkProvider>
  );
  render(() => (
    <SessionProvider client={client}>
      <Router>
        <Route path="*" component={Chat} />
      </Router>
    </SessionProvider>
  ));
  return client;
};
const rows = () =>
  [...document.querySelectorAll('[data-message], [data-happening], [data-unread]')].map(
    (row) => row.querySelector('.message-body')?.textContent ?? row.textContent,
  );
const later = (user: typeof ben, at: string) => member(user, 'member', at);
const said = [message({ seq: 2, createdAt: '2026-11-20T01:00:00.000Z' }), message({ seq: 5, createdAt: '2026-11-21T01:00:00.000Z' })];

describe('coming and going', () => {
  test('UI11: who joined later stands between the messages, where it happened, and those who began do not', () => {
    const members = [member(aroha, 'owner'), member(ben), later(mere, '2026-11-20T12:00:00.000Z')];
    show({ conversations: { group: group({ members, seq: 5 }) }, timelines: { group: timeline(said) } });
    expect(rows()).toEqual(['Message 2', 'Mere joined.', 'Message 5']);
  });

  test('UI11: who goes, who gets the group and what it is called now is said as it happens, below what was said', () => {
    const client = show({ conversations: { group: group({ seq: 5 }) }, timelines: { group: timeline(said) } });
    const now = (parts: Parameters<typeof group>[0]) => client.change({ conversations: { group: group(parts) } });
    const left = [member(aroha), member(ben)];
    now({ seq: 6, members: left });
    now({ seq: 7, members: left, owner: ben });
    now({ seq: 8, members: left, owner: ben, name: 'Waka' });
    const lines = ['Mere is no longer in the group.', 'Ben owns the group now.', 'The group is called “Waka” now.'];
    expect(rows()).toEqual(['Message 2', 'Message 5', ...lines]);
    client.change({ timelines: { group: timeline([...said, message({ seq: 9 })]) } });
    expect(rows()).toEqual(['Message 2', 'Message 5', ...lines, 'Message 9']);
  });

  test('UI11: by whom somebody came is said where it is known, also of people who are gone and spoke', () => {
    const at = (hour: number) => `2026-11-20T1${hour}:00:00.000Z`;
    const byWhom = (adders: (string | null)[]) =>
      adders.map((by, i) => member({ ...ben, id: `new-${i}`, name: `New ${i}` }, 'member', at(i), by));
    const members = [member(aroha, 'owner'), member(ben), ...byWhom([me.id, ben.id, 'new-2', mere.id, 'nobody-here', null])];
    const spoken = [message({ seq: 2, createdAt: '2026-11-20T01:00:00.000Z', author: mere })];
    show({ conversations: { group: group({ members, seq: 8 }) }, timelines: { group: timeline(spoken) } });
    expect(rows().slice(1)).toEqual([
      'You added New 0.',
      'Ben added New 1.',
      'New 2 came in by a link.',
      'Mere added New 3.',
      'New 4 joined.',
      'New 5 joined.',
    ]);
  });

  test.each([
    [ben.id, 'Ben added you.'],
    [me.id, 'You came in by a link.'],
    [null, 'You joined.'],
  ])('UI11: my own coming, by %s: %s', (by, line) => {
    const members = [member(ben, 'owner'), member(aroha, 'member', '2026-11-20T12:00:00.000Z', by)];
    show({ conversations: { group: group({ members, seq: 5 }) }, timelines: { group: timeline(said) } });
    expect(rows()).toEqual(['Message 2', line, 'Message 5']);
  });

  test('UI11: by whom somebody went is said once it is heard, and under the names they have now', () => {
    const everybody = [aroha, ben, mere, tama, { ...tama, id: 'eru', name: 'Eru' }].map((user) => member(user));
    const client = show({ conversations: { group: group({ seq: 5, members: everybody }) }, timelines: { group: timeline(said) } });
    const without = (count: number) => everybody.slice(0, everybody.length - count);
    const now = (seq: number, members: typeof everybody, departure?: { userId: string; by: string | null }) =>
      client.change(({ departures }) => ({
        conversations: { group: group({ seq, members }) },
        ...(departure && {
          departures: { group: [...(departures.group ?? []), { ...departure, seq, at: `2026-11-22T00:00:${seq + 10}.000Z` }] },
        }),
      }));
    now(6, without(1), { userId: 'eru', by: ben.id });
    now(7, without(2), { userId: tama.id, by: tama.id });
    now(8, without(3), { userId: mere.id, by: me.id });
    expect(rows().slice(2)).toEqual(['Ben removed Eru.', 'Tama left.', 'You removed Mere.']);
    now(9, [member(aroha), member({ ...ben, name: 'Deleted user' })]);
    now(10, [member(aroha)], { userId: ben.id, by: ben.id });
    expect(rows().slice(2)).toEqual(['Deleted user removed Eru.', 'Tama left.', 'You removed Mere.', 'Deleted user left.']);
  });

  test('UI11: going and coming stand in the order in which they happened, however late they are heard', () => {
    const client = show({ conversations: { group: group({ seq: 5 }) }, timelines: { group: timeline(said) } });
    const here = [member(aroha, 'owner'), member(ben)];
    const departures = { group: [{ seq: 6, at: '2026-11-21T02:00:00.000Z', userId: mere.id, by: mere.id }] };
    client.change({ departures, conversations: { group: group({ seq: 6, members: here }) } });
    const again = [...here, member(mere, 'member', '2026-11-21T02:00:01.000Z', ben.id)];
    client.change({ conversations: { group: group({ seq: 7, members: again }) } });
    expect(rows().slice(2)).toEqual(['Mere left.', 'Ben added Mere.']);
  });

  test('UI11: an earlier going of the same person says nothing of this one', () => {
    const held = group({ seq: 7, members: [member(aroha), member(ben)] });
    const gone = group({ seq: 8, members: [member(aroha)] });
    const lines = happenedBetween(held, gone, 0, [{ seq: 3, at: '2026-11-20T01:00:00.000Z', userId: ben.id, by: me.id }]);
    expect(lines).toMatchObject([{ what: 'gone', by: null }]);
  });

  test('UI37: a group where nothing was said yet still invites to write', () => {
    const members = [member(aroha, 'owner'), later(tama, '2026-11-20T12:00:00.000Z')];
    show({ conversations: { group: group({ members }) }, timelines: { group: timeline([]) } });
    expect(screen.getByText('Nothing said yet. Write the first message.')).toBeInTheDocument();
    expect(rows()).toEqual(['Tama joined.']);
  });

  test('UI4: what lies beyond the messages that are held is not said', () => {
    const members = [member(aroha, 'owner'), later(tama, '2026-11-02T12:00:00.000Z')];
    show({
      conversations: { group: group({ members, seq: 5 }) },
      timelines: { group: timeline(said, { complete: false, nextCursor: 'x' }) },
    });
    expect(screen.queryByText('Tama joined.')).not.toBeInTheDocument();
  });

  test('H1: of the time before I was in it nothing is said, nor in direct chats and rooms', () => {
    const members = [
      later(ben, '2026-11-03T00:00:00.000Z'),
      later(aroha, '2026-11-04T00:00:00.000Z'),
      later(tama, '2026-11-05T00:00:00.000Z'),
    ];
    const names = (of: ReturnType<typeof group>) => joinings(of, me.id, () => undefined).map((each) => 'user' in each && each.user.name);
    expect(names(group({ members }))).toEqual(['Aroha', 'Tama']);
    for (const kind of ['direct', 'room'] as const) {
      expect(names(group({ kind, members }))).toEqual([]);
      expect(happenedBetween(group({ kind, seq: 1 }), group({ kind, name: 'Waka', seq: 2 }), 0)).toEqual([]);
    }
  });

  test('L4: where more happened than can be told apart, nothing is guessed', () => {
    const called = (seq: number) => group({ seq, name: 'Waka' });
    expect(happenedBetween(group({ seq: 3 }), called(4), 0)).toHaveLength(1);
    expect(happenedBetween(group({ seq: 3 }), called(5), 0)).toEqual([]);
    expect(happenedBetween(group({ seq: 4 }), called(4), 0)).toEqual([]);
  });
});
