// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are lines of sources.
/** @typedef {import('./rules.mjs').Bug} Bug */

/** Mistakes in what asks for somebody's attention: mentions, pins, marks of unread, and rooms that show what follows. See rules.mjs. */
/** @type {(name: string, file: string, from: string, to: string, suite: string, test: string) => Bug} */
const bug = (name, file, from, to, suite, test) => ({ name, file: `packages/${file}`, from, to, suite: `packages/${suite}`, test });

const naming = 'api/src/messages/naming.ts';
const mentions = 'api/src/messages/mentions.test.ts';
const pin = 'api/src/pins/pin.ts';
const pins = 'api/src/pins/pins.test.ts';
const marks = 'api/src/reads/mark.ts';
const unread = 'api/src/reads/unread.test.ts';
const joining = 'api/src/rooms/follow.ts';
const fromJoin = 'api/src/rooms/from-join.test.ts';

/** @type {(name: string, from: string, to: string, test: string) => Bug} */
const inNaming = (name, from, to, test) => bug(name, naming, from, to, mentions, test);
/** @type {(name: string, from: string, to: string, test: string) => Bug} */
const inPins = (name, from, to, test) => bug(name, pin, from, to, pins, test);
/** @type {(name: string, from: string, to: string, test: string) => Bug} */
const inMarks = (name, from, to, test) => bug(name, marks, from, to, unread, test);
/** @type {(name: string, file: string, from: string, to: string, test: string) => Bug} */
const inRooms = (name, file, from, to, test) => bug(name, file, from, to, fromJoin, test);

export const attention = [
  inNaming('a message names who is not there', 'enters(facts, { conversationId, userId, room }) &&', '', 'only text'),
  inNaming('somebody is told of naming themselves', 'userId !== authorId &&', '', 'UI16: a mention of somebody'),
  inNaming('who has blocked the author is told', 'if (deaf.has(`${userId} ${message.authorId}`)) continue;', '', 'C14'),
  inNaming('an open room answers whether a name is somebody', '!room || !named.insidersOnly ||', 'true ||', 'K19'),
  inNaming('everybody is called in rooms', "chat.kind === 'group' && handles", 'handles', '@here'),
  bug(
    'an edit tells those again whom it named before',
    'api/src/messages/edit.ts',
    'mentions.filter((m) => !before.some((b) => b.userId === m.userId))',
    'mentions.filter((m) => before.length >= 0 && m)',
    mentions,
    'D-ed2',
  ),
  bug(
    'an edit keeps telling whom it names no more',
    'api/src/messages/edit.ts',
    'before.filter((b) => !mentions.some((m) => m.userId === b.userId))',
    '[] as typeof before',
    mentions,
    'D-ed2',
  ),
  bug(
    'mentions of what one may not see are listed',
    'db/src/queries/messages.ts',
    ".where(seen('m', 'c', userId))\n    .orderBy('n.at', 'desc')",
    ".orderBy('n.at', 'desc')",
    mentions,
    'H3',
  ),
  bug(
    'mentions of hidden messages are counted',
    'db/src/queries/messages.ts',
    'and not exists (select 1 from hidden_message as h where h.user_id = ${me} and h.message_id = n.message_id)',
    '',
    mentions,
    'H3',
  ),
  inPins('a deleted message is pinned', "if (on && message.deleted_at !== null) throw new Refusal('MESSAGE_DELETED');", '', 'D-del2'),
  inPins(
    'one pin too many',
    'pinned.length >= limits.pins.perConversation',
    'pinned.length > limits.pins.perConversation',
    'bounded number',
  ),
  inPins(
    'anybody pins in a room',
    "if (input.room && !leads && (facts.site.get(userId) ?? 'user') === 'user') throw new Refusal('FORBIDDEN');",
    '',
    '§2.4',
  ),
  inPins('who is blocked pins', 'if (on) mayReach(facts, input); // taking off is always allowed', '', 'B1'),
  inPins('a pin is told twice', 'if (pinned.includes(messageId) === on) return;', '', 'the same again'),
  bug('pins of what one may not see are listed', 'db/src/queries/pins.ts', ".where(visible('m', eyes))", '', pins, 'P1, T2'),
  bug('who may not see a message hears of its pin', 'realtime/src/feed/sight.ts', "  'pin.added',\n", '', pins, 'H3'),
  inMarks(
    'marking as unread is overruled by what one wrote',
    'unread_seq: seq, unread_at: at }, {',
    'unread_seq: seq, unread_at: 0 }, {',
    'W5',
  ),
  inMarks('reading some ends the whole mark', 'before.unread !== null && seq < before.unread.at', 'false', 'W5'),
  inMarks('what is not there yet is marked', 'seq >= at || ', '', 'all my devices'),
  inRooms('who joins sees what was before', joining, "history === 'fromJoin' ? draft.head(roomId) + 1 : 0", '0', 'R037'),
  inRooms('who was shut out keeps their place', joining, 'if (stay && !lapsed) return;', 'if (stay) return;', 'Q3'),
  inRooms(
    'who has not joined writes',
    'api/src/messages/entry.ts',
    "if (entry.room && !joined(facts, entry)) throw new Refusal('JOIN_FIRST');",
    '',
    'who may enter and has not joined',
  ),
  inRooms(
    'off the list is no leaving',
    'api/src/rooms/lists.ts',
    "if (input.list === 'allow' && mode.fromJoin && mode.shut && stay?.role === 'member')",
    'if (false as boolean && stay)',
    'H2',
  ),
  inRooms('search looks at all of the past', 'db/src/queries/visible.ts', 'and (${outside} or ${stay}) else', 'else', 'R037'),
  inRooms(
    'it is turned on in an open room',
    'api/src/rooms/update.ts',
    "if (access === 'public' && (input.history ?? room.history) !== 'all')",
    'if (false as boolean)',
    'H1, Q1',
  ),
  inRooms('nobody is told that it was turned on', 'api/src/rooms/update.ts', ' || other.history !== room.history', '', 'L5'),
  inRooms('who listens from outside goes on', 'db/src/queries/standing.ts', ".where('c.history', '=', 'all')", '', 'L5'),
  bug(
    'an expired link is told again',
    'api/src/invitations/expire.ts',
    "draft.update('invitation', { open: null }, { id: bytesOf(invitationId) });",
    '',
    'api/src/invitations/expire.test.ts',
    'free in every count',
  ),
  bug(
    'the inviter is not told',
    'api/src/invitations/expire.ts',
    'tellInviter(draft, inviterId, conversationId);',
    '',
    'api/src/invitations/expire.test.ts',
    'free in every count',
  ),
  bug(
    'a closed chat is told',
    'api/src/invitations/expire.ts',
    'if (closed) return;',
    '',
    'api/src/invitations/expire.test.ts',
    'nothing is told',
  ),
];
