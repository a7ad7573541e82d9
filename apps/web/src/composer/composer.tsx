import type { Enclosed } from '@koreromai/client';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Check from 'lucide-solid/icons/check';
import Smile from 'lucide-solid/icons/face-slightly-smiling';
import { createEffect, lazy, on, onMount, Show, Suspense } from 'solid-js';
import { useTalk } from '../actions/talk.tsx';
import { AttachButton } from '../attachments/attach-button.tsx';
import { DropZone } from '../attachments/drop-zone.tsx';
import { Tray } from '../attachments/tray.tsx';
import { createUploads } from '../attachments/uploads.ts';
import { useClient } from '../session/session.tsx';
import { createOnce } from '../ui/once.ts';
import { spotOf } from '../ui/spot.ts';
import { toast } from '../ui/toast.tsx';
import { Banner } from './banner.tsx';
import { createCompletion } from './completion.ts';
import { createComposing } from './composing.ts';
import { useDrafts } from './drafts.tsx';
import { intentOf } from './keys.ts';
import { fitHeight, inserted } from './text-box.ts';
import './composer.css';
import { t } from './words.ts';

const CompletionList = lazy(async () => ({ default: (await import('./completion-list.tsx')).CompletionList }));

interface ComposerProps {
  conversationId: string;
  title: string;
  onSend: (text: string, enclosed: Enclosed) => void;
  /** Typing on a phone pulls up its keyboard, so only pointers that are fine get the focus at once. */
  focusAtOnce: boolean;
}

export function Composer(props: ComposerProps) {
  const talk = useTalk();
  const uploads = createUploads();
  const { conversationId } = props;
  const composing = createComposing({
    ...{ conversationId, client: useClient(), talk, drafts: useDrafts(), uploads },
    onSend: (text, enclosed) => props.onSend(text, enclosed),
  });
  const { text, left, sendable } = composing;
  const completion = createCompletion(conversationId, (words) => composing.write(words));
  const offered = createOnce(() => completion.found().length > 0);
  const editing = () => talk.editing() !== null;
  let box: HTMLTextAreaElement | undefined;
  const focus = () => box?.focus({ preventScroll: true });
  createEffect(on(text, () => box && fitHeight(box)));
  createEffect(on([talk.editing, talk.answering], focus, { defer: true }));
  onMount(() => props.focusAtOnce && focus());

  const add = (files: File[]) => {
    if (editing()) return toast(t('filesAfterEdit'));
    const left = uploads.add(files);
    if (left !== null) toast(left);
    focus();
  };
  const send = () => {
    composing.send();
    focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (box && completion.pressed(event, box)) return;
    const intent = intentOf(event, composing.bare());
    if (intent === 'send') send();
    if (intent === 'send' || (intent !== null && composing[intent]())) event.preventDefault();
  };
  const pasted = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <DropZone title={props.title} onFiles={add} />
      <Banner />
      <Tray uploads={uploads} />
      <Show when={offered()}>
        <Suspense>
          <CompletionList completion={completion} onTake={(offer) => box && completion.take(box, offer)} />
        </Suspense>
      </Show>
      <div class="composer-box">
        <Show when={!editing()}>
          <AttachButton onFiles={add} />
        </Show>
        <textarea
          ref={box}
          class="composer-text"
          rows={1}
          dir="auto"
          data-composer
          aria-label={editing() ? t('editMessage') : t('messageTo', props.title)}
          aria-describedby="composer-help"
          placeholder={t('writeMessage')}
          value={text()}
          aria-autocomplete="list"
          aria-controls={completion.active() && completion.id}
          aria-activedescendant={completion.active()}
          onInput={(event) => {
            composing.write(event.currentTarget.value);
            completion.look(event.currentTarget);
          }}
          onSelect={(event) => completion.look(event.currentTarget)}
          onBlur={() => completion.close()}
          onPaste={pasted}
          onKeyDown={pressed}
        />
        <Show when={left() !== null}>
          <span class="composer-left" classList={{ 'composer-over': (left() ?? 0) < 0 }} role="status">
            {left()}
            <span class="quiet"> {t('charactersLeft')}</span>
          </span>
        </Show>
        <button
          type="button"
          class="composer-tool only-fine"
          aria-label={t('emoji')}
          title={t('emoji')}
          onClick={(event) =>
            talk.pick({ ...spotOf(event.currentTarget, box ?? null), choose: (emoji) => box && composing.write(inserted(box, emoji)) })
          }
        >
          <Smile size={20} aria-hidden="true" />
        </button>
        <button
          type="submit"
          class="composer-send"
          aria-label={editing() ? t('save') : t('send')}
          aria-disabled={!sendable() || composing.waits()}
          title={editing() ? t('save') : t('send')}
        >
          <Show when={editing()} fallback={<ArrowUp size={20} aria-hidden="true" />}>
            <Check size={20} aria-hidden="true" />
          </Show>
        </button>
      </div>
      <ComposerHelp editing={editing()} waits={composing.waits()} />
    </form>
  );
}

function ComposerHelp(props: { editing: boolean; waits: boolean }) {
  return (
    <p class="composer-help" classList={{ 'composer-says': props.waits }} id="composer-help" role="status">
      <Show when={!props.waits} fallback={t('waitsForFiles')}>
        <kbd>Enter</kbd> {props.editing ? t('saves') : t('sends')},{' '}
        <Show
          when={props.editing}
          fallback={
            <>
              <kbd>Shift</kbd> + <kbd>Enter</kbd> {t('makesNewLine')}
            </>
          }
        >
          <kbd>Esc</kbd> {t('cancels')}
        </Show>
      </Show>
    </p>
  );
}
