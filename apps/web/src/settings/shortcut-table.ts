export type Verb = 'previousChat' | 'nextChat' | 'previousUnread' | 'nextUnread' | 'nextLandmark' | 'previousLandmark' | 'help' | 'newChat';

export interface Shortcut {
  readonly verb: Verb;
  /** As in `KeyboardEvent.key`. */
  readonly key: string;
  readonly alt?: true;
  readonly shift?: true;
  /** Control, or Command on a Mac. */
  readonly control?: true;
  readonly does: string;
}

/** The one table of shortcuts: the handler, the help dialog and the test read it (UI33). */
export const shortcuts: readonly Shortcut[] = [
  { verb: 'previousChat', key: 'ArrowUp', alt: true, does: 'Previous chat' },
  { verb: 'nextChat', key: 'ArrowDown', alt: true, does: 'Next chat' },
  { verb: 'previousUnread', key: 'ArrowUp', alt: true, shift: true, does: 'Previous unread chat' },
  { verb: 'nextUnread', key: 'ArrowDown', alt: true, shift: true, does: 'Next unread chat' },
  { verb: 'newChat', key: 'n', alt: true, does: 'New chat' },
  { verb: 'nextLandmark', key: 'F6', does: 'Next pane' },
  { verb: 'previousLandmark', key: 'F6', shift: true, does: 'Previous pane' },
  { verb: 'help', key: '/', control: true, does: 'These shortcuts' },
];

/** What does not go through the table, because the place decides: shown in the help only. */
export const inPlace: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['Enter'], does: 'Send the message' },
  { keys: ['Shift', 'Enter'], does: 'New line' },
  { keys: ['↑', '↓'], does: 'Move in the list of chats' },
  { keys: ['Esc'], does: 'Close what is open' },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

export const verbOf = (event: Pressed): Verb | undefined =>
  shortcuts.find(
    (each) =>
      each.key.toLowerCase() === event.key.toLowerCase() &&
      (each.alt === true) === event.altKey &&
      (each.shift === true) === event.shiftKey &&
      (each.control === true) === (event.ctrlKey || event.metaKey),
  )?.verb;

const signs: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', n: 'N' };

export const keysOf = (shortcut: Shortcut): string[] => [
  ...(shortcut.control ? ['Ctrl'] : []),
  ...(shortcut.alt ? ['Alt'] : []),
  ...(shortcut.shift ? ['Shift'] : []),
  signs[shortcut.key] ?? shortcut.key,
];
