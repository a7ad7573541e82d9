import { type Bot, limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { createSubmission } from '../session/form.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from './words.ts';

/** Another name for a bot, in its place in the list. `onDone`: what it is called now, null when it is left as it was. */
export function RenameBot(props: { bot: Bot; onDone: (name: string | null) => void }) {
  const { users } = useClient().api;
  const [name, setName] = createSignal(props.bot.name);
  const form = createSubmission(async () => {
    const wanted = name().trim();
    if (wanted === '' || wanted === props.bot.name) props.onDone(null);
    else props.onDone((await users.update.mutate({ userId: props.bot.id, name: wanted })).name);
  });
  return (
    <form
      class="integration-form"
      onSubmit={form.onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) props.onDone(null);
      }}
    >
      <Field
        ref={(box) =>
          queueMicrotask(() => {
            box.focus();
            box.select();
          })
        }
        label={t('newNameOf', props.bot.name)}
        dir="auto"
        maxlength={limits.name.maxCodePoints}
        autocomplete="off"
        required
        value={name()}
        onText={setName}
        error={form.fieldError('name')}
      />
      <Show when={!form.refused()?.fields && form.refused()}>{(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}</Show>
      <div class="integration-buttons">
        <Button type="submit" busy={form.busy()}>
          {t('saveName')}
        </Button>
        <Button look="quiet" onClick={() => props.onDone(null)}>
          {t('leaveName')}
        </Button>
      </div>
    </form>
  );
}
