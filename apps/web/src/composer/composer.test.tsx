import { limits } from '@koreromai/contract';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Composer } from './composer.tsx';
import { createDrafts, DraftsProvider } from './drafts.tsx';
import { intentOf } from './keys.ts';
import { roomLeft } from './text-length.ts';

const press = (parts: Partial<KeyboardEvent>) =>
  intentOf({ key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 13, ...parts });

describe('keys of the composer', () => {
  test('UI9: Enter sends, with Control or Command too; Shift+Enter and Alt+Enter make a line', () => {
    expect(press({})).toBe('send');
    expect(press({ ctrlKey: true })).toBe('send');
    expect(press({ metaKey: true })).toBe('send');
    expect(press({ shiftKey: true })).toBeNull();
    expect(press({ altKey: true })).toBeNull();
    expect(press({ key: 'a' })).toBeNull();
  });

  test('UI9: Enter that ends a composition sends nothing, also where it comes after the composition with code 229', () => {
    expect(press({ isComposing: true })).toBeNull();
    expect(press({ keyCode: 229 })).toBeNull();
  });
});

describe('the composer', () => {
  beforeEach(() => sessionStorage.clear());
  const show = (conversationId = 'one') => {
    const onSend = vi.fn();
    const drafts = createDrafts(() => sessionStorage);
    const view = render(() => (
      <DraftsProvider drafts={drafts}>
        <Composer conversationId={conversationId} title="Ben" onSend={onSend} focusAtOnce={false} />
      </DraftsProvider>
    ));
    return { onSend, drafts, box: screen.getByLabelText('Message to Ben'), ...view };
  };
  const type = (box: HTMLElement, text: string) => fireEvent.input(box, { target: { value: text } });

  test('UI2: Enter gives the words away once and empties the box', () => {
    const { box, onSend } = show();
    type(box, 'Kia ora');
    fireEvent.keyDown(box, { key: 'Enter' });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onSend.mock.calls).toEqual([['Kia ora']]);
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

  test('UI10: a draft belongs to its chat, survives a reload and is gone once sent', () => {
    const first = show('one');
    type(first.box, 'half a thought');
    first.unmount();
    const other = show('two');
    expect(other.box).toHaveValue('');
    other.unmount();
    const again = show('one');
    expect(again.box).toHaveValue('half a thought');
    fireEvent.keyDown(again.box, { key: 'Enter' });
    expect(createDrafts(() => sessionStorage).get('one')).toBe('');
  });

  test('UI10: a store with nonsense in it is an empty store', () => {
    for (const nonsense of ['{', '[1]', '{"one": 5}', 'null']) {
      sessionStorage.setItem('koreromai.drafts', nonsense);
      expect(createDrafts(() => sessionStorage).get('one')).toBe('');
    }
  });
});

test('UI9: the counter measures as the server does, by characters after normalising', () => {
  expect(roomLeft('x')).toBeNull();
  expect(roomLeft('x'.repeat(3_900))).toBe(100);
  expect(roomLeft('🫖'.repeat(4_000))).toBe(0);
  expect(roomLeft(`${'x'.repeat(4_000)}   `)).toBe(0);
});
