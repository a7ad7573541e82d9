import type { english } from './words.ts';

export type Verb =
  | 'previousChat'
  | 'nextChat'
  | 'previousUnread'
  | 'nextUnread'
  | 'nextLandmark'
  | 'previousLandmark'
  | 'quickSwitch'
  | 'searchHere'
  | 'search'
  | 'rooms'
  | 'people'
  | 'help'
  | 'markRead'
  | 'markAllRead'
  | 'newChat';

/** The words that say what a shortcut does. */
type Does = Extract<
  keyof typeof english,
  Verb | 'helpSign' | 'send' | 'newLine' | 'editLast' | 'moveInList' | 'listEnds' | 'messageMenu' | 'closeOpen'
>;

export interface Shortcut {
  readonly verb: Verb;
  /** As in `KeyboardEvent.key`. */
  readonly key: string;
  readonly alt?: true;
  readonly shift?: true;
  /** Control, or Command on a Mac. */
  readonly control?: true;
  /** A sign that one also writes: it means this only where nothing is written. */
  readonly sign?: true;
  readonly does: Does;
}

/** The one table of shortcuts: the handler, the help dialog and the test read it (UI33). */
export const shortcuts: readonly Shortcut[] = [
  { verb: 'previousChat', key: 'ArrowUp', alt: true, does: 'previousChat' },
  { verb: 'nextChat', key: 'ArrowDown', alt: true, does: 'nextChat' },
  { verb: 'previousUnread', key: 'ArrowUp', alt: true, shift: true, does: 'previousUnread' },
  { verb: 'nextUnread', key: 'ArrowDown', alt: true, shift: true, does: 'nextUnread' },
  { verb: 'quickSwitch', key: 'k', control: true, does: 'quickSwitch' },
  { verb: 'searchHere', key: 'f', control: true, does: 'searchHere' },
  { verb: 'search', key: 'f', control: true, shift: true, does: 'search' },
  { verb: 'newChat', key: 'n', alt: true, does: 'newChat' },
  { verb: 'rooms', key: 'r', alt: true, does: 'rooms' },
  { verb: 'people', key: 'p', alt: true, does: 'people' },
  { verb: 'nextLandmark', key: 'F6', does: 'nextLandmark' },
  { verb: 'previousLandmark', key: 'F6', shift: true, does: 'previousLandmark' },
  { verb: 'markRead', key: 'Escape', does: 'markRead' },
  { verb: 'markAllRead', key: 'Escape', shift: true, does: 'markAllRead' },
  { verb: 'help', key: '/', control: true, does: 'help' },
  { verb: 'help', key: '?', sign: true, does: 'helpSign' },
];

/** What does not go through the table, because the place decides: shown in the help only. */
export const inPlace: readonly { keys: readonly string[]; does: Does }[] = [
  { keys: ['Enter'], does: 'send' },
  { keys: ['Shift', 'Enter'], does: 'newLine' },
  { keys: ['↑'], does: 'editLast' },
  { keys: ['↑', '↓'], does: 'moveInList' },
  { keys: ['Home', 'End'], does: 'listEnds' },
  { keys: ['Shift', 'F10'], does: 'messageMenu' },
  { keys: ['Esc'], does: 'closeOpen' },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

/** `writing`: the keys go into a text. How a sign is typed, with Shift or without, is the keyboard's business. */
export const verbOf = (event: Pressed, writing = false): Verb | undefined =>
  shortcuts.find(
    (each) =>
      each.key.toLowerCase() === event.key.toLowerCase() &&
      (each.alt === true) === event.altKey &&
      (each.sign === true || (each.shift === true) === event.shiftKey) &&
      (each.control === true) === (event.ctrlKey || event.metaKey) &&
      !(each.sign === true && writing),
  )?.verb;

const signs: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

export const keysOf = (shortcut: Shortcut): string[] => [
  ...(shortcut.control ? ['Ctrl'] : []),
  ...(shortcut.alt ? ['Alt'] : []),
  ...(shortcut.shift ? ['Shift'] : []),
  signs[shortcut.key] ?? (shortcut.key.length === 1 ? shortcut.key.toUpperCase() : shortcut.key),
];
