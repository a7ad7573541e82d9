import { Refusal } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Direct, entryFacts, entryLookups, mayEnterNow, mayReach } from './entry.ts';
import { deafOf, entitled, mentionsOf, mentionsText, type Named, namedEntries, namingLookups, tellNamed } from './naming.ts';

export interface Edit {
  readonly messageId: string;
  readonly conversationId: string;
  readonly room: boolean;
  readonly direct: Direct | null;
  readonly editorId: string;
  /** Normalised and within the bound. */
  readonly text: string;
  /** Whom the new text may name (`namedIn`). */
  readonly named: Named;
  readonly expectedVersion: number | null;
  /** Milliseconds after posting; 0 is for ever. */
  readonly window: number;
}

const namingOf = (edit: Edit) => ({ ...edit, authorId: edit.editorId });

/** D-ed1, D-ed2: by its author, within the window, keeping its place; the text before becomes a revision. The same text again changes nothing. */
export const messageEdited = changeKind<Edit, { changed: boolean }>()({
  name: 'message.edited',
  alone: true,
  streams: (input) => [input.conversationId],
  size: (input) => input.text.length * 6 + 400,
  lookups: (inputs) => ({
    ...entryLookups(
      inputs.flatMap((i) => [
        { conversationId: i.conversationId, userId: i.editorId, room: i.room, direct: i.direct },
        ...namedEntries(namingOf(i)),
      ]),
    ),
    ...namingLookups(inputs.map(namingOf)),
    message: lookup(
      'message',
      ['conversation_id', 'author_id', 'seq', 'text', 'mentions', 'version', 'created_at', 'updated_at', 'deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
    files: lookup(
      'attachment',
      ['id'],
      ['message_id'],
      inputs.map((i) => [bytesOf(i.messageId)]),
    ),
  }),
  facts: (found) => ({ ...entryFacts(found), message: found.message[0], files: found.files.length, deaf: deafOf(found) }),
  decide(input, facts, draft) {
    mayEnterNow(facts, { conversationId: input.conversationId, userId: input.editorId, room: input.room });
    const { message } = facts;
    if (!message || idOf(message.conversation_id) !== input.conversationId) throw new Refusal('NOT_FOUND');
    if (idOf(message.author_id) !== input.editorId) throw new Refusal('NOT_AUTHOR');
    mayReach(facts, { userId: input.editorId, direct: input.direct });
    if (message.deleted_at !== null) throw new Refusal('MESSAGE_DELETED');
    if (input.window > 0 && draft.now > Number(message.created_at) + input.window) throw new Refusal('EDIT_WINDOW_CLOSED');
    if (input.expectedVersion !== null && input.expectedVersion !== message.version) {
      // A rerun after a lost answer finds its own edit done.
      if (message.text === input.text && message.version === input.expectedVersion + 1) return { changed: false };
      throw new Refusal('VERSION_CONFLICT', { details: { version: message.version, text: message.text } });
    }
    if (input.text === '' && facts.files === 0) throw new Refusal('EMPTY_MESSAGE', { fields: { text: 'must not be empty' } });
    if (message.text === input.text) return { changed: false };
    const id = bytesOf(input.messageId);
    draft.insert('revision', {
      message_id: id,
      version: message.version,
      text: message.text ?? '',
      written_at: Number(message.updated_at),
    });
    const mentions = entitled(facts, namingOf(input));
    const before = mentionsOf(message.mentions);
    for (const { userId } of before.filter((b) => !mentions.some((m) => m.userId === b.userId)))
      draft.delete('mention', { user_id: bytesOf(userId), message_id: id });
    const fresh = mentions.filter((m) => !before.some((b) => b.userId === m.userId));
    tellNamed(draft, fresh, facts.deaf, { ...input, seq: Number(message.seq), authorId: input.editorId });
    const written = { updated_at: draft.now, edited_at: draft.now };
    draft.update('message', { text: input.text, mentions: mentionsText(mentions), version: message.version + 1, ...written }, { id });
    draft.event({
      stream: input.conversationId,
      type: 'message.updated',
      actor: input.editorId,
      subject: input.messageId,
      number: Number(message.seq),
    });
    return { changed: true };
  },
});
