import Pencil from 'lucide-solid/icons/pencil';
import Reply from 'lucide-solid/icons/reply';
import X from 'lucide-solid/icons/x';
import { type JSX, Match, Switch } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { firstWords } from '../text/plain.ts';
import { IconButton } from '../ui/icon-button.tsx';
import './banner.css';
import { t } from './words.ts';

/** Says above the box what the words in it will become: an answer, or other words for a message that stands. */
export function Banner() {
  const talk = useTalk();
  return (
    <Switch>
      <Match when={talk.editing()}>
        {(message) => (
          <Line
            icon={<Pencil size={16} aria-hidden="true" />}
            what={t('editMessage')}
            text={message().text}
            cancel={t('cancelEditing')}
            onCancel={() => talk.edit(null)}
          />
        )}
      </Match>
      <Match when={talk.answering()}>
        {(message) => (
          <Line
            icon={<Reply size={16} aria-hidden="true" />}
            what={t('replyTo', message().author.name)}
            text={firstWords(message().text) || t('pictureOrVideo')}
            cancel={t('cancelReply')}
            onCancel={() => talk.answer(null)}
          />
        )}
      </Match>
    </Switch>
  );
}

function Line(props: { icon: JSX.Element; what: string; text: string | null; cancel: string; onCancel: () => void }) {
  return (
    <div class="banner" role="status">
      {props.icon}
      <p class="banner-words">
        <bdi class="banner-what">{props.what}</bdi>
        <span class="banner-text" dir="auto">
          {props.text}
        </span>
      </p>
      <IconButton label={props.cancel} onClick={props.onCancel}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
