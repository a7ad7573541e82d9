import { type Client, type Enclosed, type Message, type Refused, refusalOf } from '@koreromai/client';
import { normaliseText } from '@koreromai/contract';
import { createEffect, createSignal, on } from 'solid-js';
import type { Talk } from '../actions/talk.tsx';
import type { Uploads } from '../attachments/uploads.ts';
import { reasonOf } from '../language/refusals.ts';
import { toast } from '../ui/toast.tsx';
import type { Drafts } from './drafts.tsx';
import { roomLeft } from './text-length.ts';

/** The server keeps no white space at the ends; who rests behind a space wants it to stay. */
const alike = (one: string, other: string): boolean => normaliseText(one) === normaliseText(other);

interface ComposingOptions {
  conversationId: string;
  client: Client;
  talk: Talk;
  drafts: Drafts;
  uploads: Uploads;
  onSend: (text: string, enclosed: Enclosed) => void;
}

/** What is being written: a new message with its files, an answer, or other words for one that stands. */
export function createComposing({ conversationId, client, talk, drafts, uploads, onSend }: ComposingOptions) {
  const [text, setText] = createSignal(drafts.get(conversationId));
  /** It was asked for while files were still on their way: it goes by itself as soon as they are there. */
  const [waits, setWaits] = createSignal(false);
  const left = () => roomLeft(text());
  const fits = () => (left() ?? 0) >= 0;
  const empty = () => normaliseText(text()) === '';
  const files = () => uploads.list();
  const uploading = () => files().some((file) => file.status === 'uploading');
  const broken = () => files().some((file) => file.status === 'failed');
  const sendable = () => {
    const message = talk.editing();
    if (message !== null) return fits() && (!empty() || message.attachments.length > 0);
    return fits() && !broken() && (!empty() || files().length > 0);
  };

  // What is rewritten stands in the box meanwhile; the draft comes back behind it.
  createEffect(on(talk.editing, (message) => setText(message?.text ?? drafts.get(conversationId)), { defer: true }));
  // Written or sent on another device: shown, unless other words stand here.
  createEffect(
    on(
      () => drafts.get(conversationId),
      (draft, before) => before !== undefined && talk.editing() === null && text() === before && !alike(draft, before) && setText(draft),
    ),
  );
  createEffect(
    on(files, () => {
      if (!waits() || uploading()) return;
      setWaits(false);
      if (!broken()) post();
    }),
  );

  function write(next: string): void {
    setText(next);
    if (talk.editing() !== null) return;
    drafts.set(conversationId, next);
    if (next.trim() !== '') client.typing(conversationId);
  }

  function post(): void {
    const attachments = files().flatMap((file) => file.attachment ?? []);
    const answered = talk.answering();
    onSend(text(), { ...(answered && { replyToId: answered.id }), ...(attachments.length > 0 && { attachments }) });
    write('');
    talk.answer(null);
    uploads.clear();
  }

  function rewrite(message: Message): void {
    const words = text();
    talk.edit(null);
    client.edit(message.id, words).catch((error: unknown) => {
      const refused: Refused = refusalOf(error);
      toast(reasonOf(refused));
      if (!refused.retryable || talk.editing() !== null) return;
      talk.edit(message); // the words are not lost with the connection
      setText(words);
    });
  }

  return {
    text,
    left,
    write,
    sendable,
    waits,
    /** Nothing stands here that a key could be meant for. */
    bare: () => text() === '' && files().length === 0 && talk.editing() === null,
    send(): void {
      const message = talk.editing();
      if (!sendable()) return;
      if (message !== null) rewrite(message);
      else if (uploading()) setWaits(true);
      else post();
    },
    /** Esc: first the rewriting, then the answer. True: there was something to end. */
    cancel(): boolean {
      const ends = waits() || talk.editing() !== null || talk.answering() !== null;
      if (waits()) setWaits(false);
      else if (talk.editing() !== null) talk.edit(null);
      else talk.answer(null);
      return ends;
    },
    editLast(): boolean {
      const { me, timelines } = client.store.get();
      const last = timelines[conversationId]?.messages.findLast((each) => each.author.id === me?.id && !each.deleted && each.text);
      if (last !== undefined) talk.edit(last);
      return last !== undefined;
    },
  };
}
