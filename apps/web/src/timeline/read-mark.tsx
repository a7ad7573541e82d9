import type { Message } from '@koreromai/client';
import Check from 'lucide-solid/icons/check';
import CheckCheck from 'lucide-solid/icons/check-check';
import { createMemo, For, Show } from 'solid-js';
import { listed } from '../language/grammar.ts';
import { Avatar } from '../people/avatar.tsx';
import { useConversation, useMe, useState } from '../session/session.tsx';
import { t } from './words.ts';

/** Faces beyond these are counted. */
const FACES = 5;

/** Below my newest message: that it arrived, and who has read that far. Where receipts are off nobody is told of (UI26). */
export function ReadMark(props: { message: Message }) {
  const me = useMe();
  const conversation = useConversation(() => props.message.conversationId);
  const marks = useState((state) => state.readBy[props.message.conversationId]);
  const readers = createMemo(() =>
    (conversation()?.members ?? [])
      .map((member) => member.user)
      .filter((user) => user.id !== me().id && (marks()?.[user.id] ?? 0) >= props.message.seq),
  );
  const direct = () => conversation()?.kind === 'direct';
  const names = () => listed(readers().map((user) => user.name));
  return (
    <p class="message-sent" data-testid="read-mark">
      <Show
        when={readers().length > 0}
        fallback={
          <>
            <Check size={14} aria-hidden="true" /> {t('sent')}
          </>
        }
      >
        <Show
          when={direct()}
          fallback={
            <>
              <span class="quiet">{t('readBy', names())}</span>
              <span class="message-readers" title={t('readBy', names())}>
                <For each={readers().slice(0, FACES)}>{(user) => <Avatar id={user.id} name={user.name} size="small" />}</For>
                <Show when={readers().length > FACES}>
                  <span aria-hidden="true">+{readers().length - FACES}</span>
                </Show>
              </span>
            </>
          }
        >
          <CheckCheck size={14} aria-hidden="true" /> {t('read')}
        </Show>
      </Show>
    </p>
  );
}
