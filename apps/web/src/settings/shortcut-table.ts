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
  readonly does: string;
}

/** The one table of shortcuts: the handler, the help dialog and the test read it (UI33). */
export const shortcuts: readonly Shortcut[] = [
  { verb: 'previousChat', key: 'ArrowUp', alt: true, does: 'Previous chat' },
  { verb: 'nextChat', key: 'ArrowDown', alt: true, does: 'Next chat' },
  { verb: 'previousUnread', key: 'ArrowUp', alt: true, shift: true, does: 'Previous unread chat' },
  { verb: 'nextUnread', key: 'ArrowDown', alt: true, shift: true, does: 'Next unread chat' },
  { verb: 'quickSwitch', key: 'k', control: true, does: 'Go to a chat, a room or a person' },
  { verb: 'searchHere', key: 'f', control: true, does: 'Search in this chat' },
  { verb: 'search', key: 'f', control: true, shift: true, does: 'Search everywhere' },
  { verb: 'newChat', key: 'n', alt: true, does: 'New chat' },
  { verb: 'rooms', key: 'r', alt: true, does: 'Rooms' },
  { verb: 'people', key: 'p', alt: true, does: 'People' },
  { verb: 'nextLandmark', key: 'F6', does: 'Next pane' },
  { verb: 'previousLandmark', key: 'F6', shift: true, does: 'Previous pane' },
  { verb: 'markRead', key: 'Escape', does: 'Mark the chat as read' },
  { verb: 'markAllRead', key: 'Escape', shift: true, does: 'Mark all chats as read' },
  { verb: 'help', key: '/', control: true, does: 'These shortcuts' },
  { verb: 'help', key: '?', sign: true, does: 'These shortcuts, where nothing is written' },
];

/** What does not go through the table, because the place decides: shown in the help only. */
export const inPlace: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['Enter'], does: 'Send the message' },
  { keys: ['Shift', 'Enter'], does: 'New line' },
  { keys: ['↑'], does: 'Edit my last message, from the empty box' },
  { keys: ['↑', '↓'], does: 'Move in the list of chats, and from message to message' },
  { keys: ['Home', 'End'], does: 'First and last chat of the list' },
  { keys: ['Shift', 'F10'], does: 'What can be done with a message' },
  { keys: ['Esc'], does: 'First: close what is open, cancel an edit or a reply' },
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
