import type { Message } from '@koreromai/client';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import SmilePlus from 'lucide-solid/icons/face-slightly-smiling-plus';
import Heart from 'lucide-solid/icons/heart';
import Reply from 'lucide-solid/icons/reply';
import type { JSX } from 'solid-js';
import { spotOf } from '../ui/spot.ts';
import { useTalk } from './talk.tsx';
import './toolbar.css';
import { t } from './words.ts';

/** What is done to messages most, beside the one under the pointer or the focus; the rest is in the menu (UI12). */
export function Toolbar(props: { message: Message }) {
  const talk = useTalk();
  const row = (button: HTMLElement) => button.closest<HTMLElement>('[data-message]');
  return (
    <div class="tools" role="toolbar" aria-label={t('message')}>
      <Tool label={props.message.likedByMe ? t('unlike') : t('like')} onUse={() => talk.toggle(props.message, 'like')}>
        <Heart size={17} aria-hidden="true" class={props.message.likedByMe ? 'tool-on' : ''} />
      </Tool>
      <Tool
        label={t('reactTool')}
        onUse={(button) => talk.pick({ ...spotOf(button, row(button)), choose: (emoji) => talk.toggle(props.message, emoji) })}
      >
        <SmilePlus size={17} aria-hidden="true" />
      </Tool>
      <Tool label={t('answer')} onUse={() => talk.answer(props.message)}>
        <Reply size={17} aria-hidden="true" />
      </Tool>
      <Tool label={t('more')} menu onUse={(button) => talk.openMenu({ ...spotOf(button, row(button)), message: props.message })}>
        <Ellipsis size={17} aria-hidden="true" />
      </Tool>
    </div>
  );
}

function Tool(props: { label: string; menu?: true; onUse: (button: HTMLButtonElement) => void; children: JSX.Element }) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={props.label}
      title={props.label}
      aria-haspopup={props.menu && 'menu'}
      onClick={(event) => props.onUse(event.currentTarget)}
    >
      {props.children}
    </button>
  );
}
