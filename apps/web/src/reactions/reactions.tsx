import type { Message } from '@koreromai/client';
import SmilePlus from 'lucide-solid/icons/face-slightly-smiling-plus';
import { createMemo, createSignal, Show } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { useClient } from '../session/session.tsx';
import { Keyed } from '../ui/keyed.tsx';
import { spotOf } from '../ui/spot.ts';
import { whoReacted } from './who.ts';
import './reactions.css';
import { t } from './words.ts';

interface Chip {
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
}

/** The like first, then every emoji with its count; mine are outlined, one click toggles (UI19). */
export function Reactions(props: { message: Message }) {
  const talk = useTalk();
  const chips = createMemo<Chip[]>(() => {
    const { likeCount, likedByMe, reactions } = props.message;
    return likeCount > 0 ? [{ emoji: 'like', count: likeCount, mine: likedByMe }, ...reactions] : [...reactions];
  });
  return (
    <Show when={chips().length > 0}>
      <div class="reactions">
        <Keyed each={chips()} by={(chip) => chip.emoji}>
          {(chip) => <ReactionChip chip={chip()} message={props.message} />}
        </Keyed>
        <button
          type="button"
          class="chip chip-add"
          aria-label={t('addReaction')}
          title={t('addReaction')}
          onClick={(event) => talk.pick({ ...spotOf(event.currentTarget), choose: (emoji) => talk.toggle(props.message, emoji) })}
        >
          <SmilePlus size={16} aria-hidden="true" />
        </button>
      </div>
    </Show>
  );
}

function ReactionChip(props: { chip: Chip; message: Message }) {
  const client = useClient();
  const talk = useTalk();
  const [who, setWho] = createSignal<string>();
  const shown = () => (props.chip.emoji === 'like' ? '❤️' : props.chip.emoji);
  const name = () => {
    const { emoji, count, mine } = props.chip;
    const what = emoji === 'like' ? t('likes', count) : `${emoji} ${count}`;
    return mine ? t('yoursToo', what) : what;
  };
  /** Names are asked for when somebody wants to know, anew for every count. */
  let askedFor = 0;
  const ask = async () => {
    const { emoji, count } = props.chip;
    if (askedFor === count) return;
    askedFor = count;
    setWho(await whoReacted(client.api, props.message.id, emoji).catch(() => undefined));
  };
  return (
    <button
      type="button"
      class="chip"
      classList={{ 'chip-mine': props.chip.mine }}
      aria-pressed={props.chip.mine}
      aria-label={name()}
      title={who()}
      onClick={() => talk.toggle(props.message, props.chip.emoji)}
      onPointerEnter={() => void ask()}
      onFocusIn={() => void ask()}
    >
      <span class="chip-emoji" aria-hidden="true">
        {shown()}
      </span>
      <span aria-hidden="true">{props.chip.count}</span>
    </button>
  );
}
