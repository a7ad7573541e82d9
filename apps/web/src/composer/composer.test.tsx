import type { State } from '@koreromai/client';
import { limits } from '@koreromai/contract';
import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createTalk, type Talk, TalkProvider } from '../actions/talk.tsx';
import { SessionProvider } from '../session/session.tsx';
import { aroha, group, message, signedIn, timeline } from '../test/cast.ts';
import { makeFakeClient } from '../test/fake-client.ts';
import './completion-list.tsx';
import './offers.ts';
import { Composer } from './composer.tsx';
import { createDrafts, type DraftStorage, DraftsProvider } from './drafts.tsx';
import { intentOf } from './keys.ts';
import { roomLeft } from './text-length.ts';

const nothingHeld = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 13 };
function draftsInMemory(): DraftStorage {
  const drafts = new Map<string, Map<string, string>>();
  return {
    load: async (userId) => Object.fromEntries(drafts.get(userId) ?? []),
    async put(userId, id, text) {
      const own = drafts.get(userId) ?? new Map<string, string>();
      drafts.set(userId, own.set(id, text));
    },
    drop: async (userId, id) => void drafts.get(userId)?.delete(id),
    clear: async () => drafts.clear(),
  };
}
const press = (parts: Partial<KeyboardEvent>) => intentOf({ ...nothingHeld, ...parts });

describe('keys of the composer', () => {
  test('UI9: Enter sends, with Control or Command too; Shift+Enter and Alt+Enter make a line', () => {
    expect(press({})).toBe('send');
    expect(press({ ctrlKey: true })).toBe('send');
    expect(press({ metaKey: true })).toBe('send');
    expect(press({ shiftKey: true })).toBeNull();
    expect(press({ altKey: true })).toBeNull();
    expect(press({ key: 'a' })).toBeNull();
  });

  test('UI13: ArrowUp means the last message only where nothing is written, and never with another key', () => {
    const up = { key: 'ArrowUp', keyCode: 38 };
    expect(press(up)).toBeNull();
    expect(intentOf({ ...nothingHeld, ...up }, true)).toBe('editLast');
    expect(intentOf({ ...nothingHeld, ...up, altKey: true }, true)).toBeNull();
    expect(press({ key: 'Escape' })).toBe('cancel');
  });

  test('UI9: Enter that ends a composition sends nothing, also where it comes after the composition with code 229', () => {
    expect(press({ isComposing: true })).toBeNull();
    expect(press({ keyCode: 229 })).toBeNull();
  });
});

describe('the composer', () => {
  let kept = draftsInMemory();
  beforeEach(() => {
    kept = draftsInMemory();
  });
  const said = [message({ seq: 1, text: 'Mine', author: aroha }), message({ seq: 2, text: 'Theirs' })];
  const show = (conversationId = 'one', state: Partial<State> = {}, storage: DraftStorage = kept) => {
    const onSend = vi.fn();
    const client = makeFakeClient(signedIn({ timelines: { one: timeline(said) }, ...state }));
    client.answer('edit', () => undefined);
    let talk: Talk | undefined;
    const Inside = () => {
      talk = createTalk();
      const drafts = createDrafts(storage, client);
      return (
        <TalkProvider talk={talk}>
          <DraftsProvider drafts={drafts}>
            <Composer conversationId={conversationId} title="Ben" onSend={onSend} focusAtOnce={false} />
          </DraftsProvider>
        </TalkProvider>
      );
    };
    const view = render(() => (
      <SessionProvider client={client}>
        <Inside />
      </SessionProvider>
    ));
    return { onSend, client, talk: talk as Talk, box: screen.getByRole<HTMLTextAreaElement>('textbox'), ...view };
  };
  const type = (box: HTMLElement, text: string) => fireEvent.input(box, { target: { value: text } });

  test('UI16: @ offers people of the chat, arrows and Enter take one without sending, Esc leaves the word as it is', async () => {
    const { box, onSend, client } = show('group', { conversations: { group: group() } });
    client.answer('writeDraft', (id: string, text: string) => client.change({ drafts: { [id]: text } }));
    const write = (text: string) => {
      fireEvent.input(box, { target: { value: text } });
      box.setSelectionRange(text.length, text.length);
      fireEvent.select(box);
    };
    write('Kia ora @');
    expect(await screen.findAllByRole('option')).toHaveLength(3);
    expect(box).toHaveAttribute('aria-activedescendant', screen.getAllByRole('option')[0]?.id);
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Mere');
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(box).toHaveValue('Kia ora @mere ');
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.queryByRole('option')).not.toBeInTheDocument();
    write('Kia ora @mere @b');
    await screen.findByRole('option', { name: /Ben/ });
    fireEvent.keyDown(box, { key: 'Escape' });
    expect(screen.queryByRole('option')).not.toBeInTheDocument();
    write('Kia ora @mere @be');
    expect(screen.queryByRole('option')).not.toBeInTheDocument();
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onSend).toHaveBeenCalledWith('Kia ora @mere @be', {});
  });

  test('UI2: Enter gives the words away once and empties the box', () => {
    const { box, onSend } = show();
    type(box, 'Kia ora');
    fireEvent.keyDown(box, { key: 'Enter' });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onSend.mock.calls).toEqual([['Kia ora', {}]]);
    expect(box).toHaveValue('');
  });

  test('UI9: white space alone and text that is too long are not sent', () => {
    const { box, onSend } = show();
    type(box, ' \n ');
    fireEvent.keyDown(box, { key: 'Enter' });
    type(box, 'x'.repeat(limits.text.maxCodePoints + 1));
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByText('-1')).toBeInTheDocument();
  });

  test('UI10: a draft belongs to its chat, survives a reload and is gone once sent', async () => {
    const first = show('one');
    type(first.box, 'half a thought');
    first.unmount();
    const other = show('two');
    expect(other.box).toHaveValue('');
    other.unmount();
    const again = show('one');
    await waitFor(() => expect(again.box).toHaveValue('half a thought'));
    fireEvent.keyDown(again.box, { key: 'Enter' });
    again.unmount();
    expect(show('one').box).toHaveValue('');
  });

  test('UI10: what was sent does not come back as a draft, though the page ended before the server heard that it is none any more', async () => {
    const { client, box, unmount } = show('one');
    client.answer('writeDraft', () => new Promise(() => {}));
    type(box, 'Kia ora');
    fireEvent.keyDown(box, { key: 'Enter' });
    unmount();
    const again = show('one', { drafts: { one: 'Kia ora' } });
    await waitFor(() => expect(again.box).toHaveValue(''));
    expect(again.client.asked).toContainEqual({ verb: 'writeDraft', with: ['one', ''] });
    await waitFor(async () => expect(await kept.load(again.client.store.get().me?.id ?? '')).toEqual({}));
  });

  test('UI10: a store that refuses costs only what it would have kept, and nobody is given what another person wrote', async () => {
    const refuse = () => Promise.reject(new Error('forbidden'));
    const { box, unmount } = show('one', {}, { load: refuse, put: refuse, drop: refuse, clear: refuse });
    type(box, 'in memory');
    expect(box).toHaveValue('in memory');
    unmount();
    await kept.put('somebody', 'one', 'not yours');
    const view = show('one');
    await Promise.resolve();
    expect(view.box).toHaveValue('');
  });

  test('UI10: words from another device stand there, also when they come later, unless other words do', () => {
    const { client, box } = show('one', { drafts: { one: 'from the phone' } });
    expect(box).toHaveValue('from the phone');
    client.change({ drafts: { one: 'from the phone, longer' } });
    expect(box).toHaveValue('from the phone, longer');
    type(box, 'mine');
    client.change({ drafts: { one: 'again' } });
    expect(box).toHaveValue('mine');
    expect(client.asked).toContainEqual({ verb: 'writeDraft', with: ['one', 'mine'] });
  });

  test('UI24: writing is told, emptying the box is not', () => {
    const { client, box } = show();
    type(box, 'k');
    type(box, '');
    expect(client.asked.filter((each) => each.verb === 'typing')).toEqual([{ verb: 'typing', with: ['one'] }]);
  });

  test('UI13: ArrowUp in the empty box takes my last message, Enter saves it, and the draft comes back', () => {
    const { client, box, onSend } = show();
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    expect(box).toHaveValue('Mine');
    expect(box).toHaveAccessibleName('Edit your message');
    type(box, 'Mended');
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(client.asked).toContainEqual({ verb: 'edit', with: ['message-1', 'Mended'] });
    expect([onSend.mock.calls.length, (box as HTMLTextAreaElement).value]).toEqual([0, '']);
    type(box, 'begun');
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    expect(box).toHaveValue('begun');
  });

  test('UI13: Esc leaves everything as it was, and the draft stands again', () => {
    const { client, box, talk } = show();
    type(box, 'begun');
    talk.edit(said[0] ?? null);
    type(box, 'Mended');
    fireEvent.keyDown(box, { key: 'Escape' });
    expect(box).toHaveValue('begun');
    expect(client.asked.filter((each) => each.verb === 'edit')).toEqual([]);
  });

  test('UI35: the answer names what it answers, and Esc ends it before it is sent', () => {
    const { box, talk, onSend } = show();
    talk.answer(said[1] ?? null);
    expect(screen.getByText('Reply to Ben')).toBeInTheDocument();
    fireEvent.keyDown(box, { key: 'Escape' });
    expect(screen.queryByText('Reply to Ben')).toBeNull();
    talk.answer(said[1] ?? null);
    type(box, 'Ae');
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onSend.mock.calls).toEqual([['Ae', { replyToId: 'message-2' }]]);
    expect(screen.queryByText('Reply to Ben')).toBeNull();
  });
});

test('UI9: the counter measures as the server does, by characters after normalising', () => {
  expect(roomLeft('x')).toBeNull();
  expect(roomLeft('x'.repeat(3_900))).toBe(100);
  expect(roomLeft('🫖'.repeat(4_000))).toBe(0);
  expect(roomLeft(`${'x'.repeat(4_000)}   `)).toBe(0);
});
