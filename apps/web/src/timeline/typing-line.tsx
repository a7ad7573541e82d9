import type { Conversation } from '@koreromai/contract';
import { createMemo, Show } from 'solid-js';
import { useState } from '../session/session.tsx';
import './typing-line.css';
import { t } from './words.ts';

/** Who writes at the moment: one or two by name, more than that as "several" (UI24). Read out once, not at every key. */
export function TypingLine(props: { conversation: Conversation }) {
  const typing = useState((state) => state.typing[props.conversation.id]);
  const said = useState((state) => state.timelines[props.conversation.id]?.messages);
  /** In a room nobody is listed: whoever has spoken there is known from that. */
  const nameOf = (id: string): string | undefined =>
    props.conversation.members.find((member) => member.user.id === id)?.user.name ??
    said()?.findLast((message) => message.author.id === id)?.author.name;
  const says = createMemo(() => {
    const names = Object.keys(typing() ?? {}).flatMap((id) => nameOf(id) ?? []);
    const many = Object.keys(typing() ?? {}).length;
    if (many === 0) return '';
    if (many > 2 || names.length < many) return many === 1 ? t('somebodyTypes') : t('severalType');
    return names.length === 1 ? t('types', names[0] ?? '') : t('twoType', names[0] ?? '', names[1] ?? '');
  });
  return (
    <p class="typing" role="status" data-testid="typing">
      <Show when={says()}>
        <span class="typing-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        <bdi>{says()}</bdi>
      </Show>
    </p>
  );
}
