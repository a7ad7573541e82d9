import { limits } from '@koreromai/contract';
import { createSignal, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { Avatar } from '../people/avatar.tsx';
import { createSubmission } from '../session/form.ts';
import { rest } from '../session/rest.ts';
import { useClient, useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { toast } from '../ui/toast.tsx';
import { t } from './words.ts';

/** Picture, name, username and a few words about oneself, as others see them. */
export function ProfileEditor() {
  const me = useMe();
  return (
    <section class="settings-part" aria-labelledby="profile-title">
      <h2 id="profile-title">{t('profile')}</h2>
      <Picture />
      <Show when={me().id} keyed>
        <ProfileForm />
      </Show>
    </section>
  );
}

function Picture() {
  const me = useMe();
  let input: HTMLInputElement | undefined;
  const setting = createCommand(async (file: File) => {
    await rest('PUT', '/users/me/avatar', file);
    toast(t('pictureChanged'));
  });
  const removing = createCommand(() => rest('DELETE', '/users/me/avatar'));
  const chosen = () => {
    const file = input?.files?.[0];
    if (file !== undefined) void setting.run(file);
    if (input !== undefined) input.value = '';
  };
  return (
    <div class="settings-me">
      <Avatar id={me().id} name={me().name} picture={me().avatarUrl} size="large" />
      <div class="member-names">
        <bdi class="settings-name">{me().name}</bdi>
        <span class="member-handle">@{me().username}</span>
        <span class="member-handle">{me().email}</span>
      </div>
      <div class="settings-verbs">
        <input ref={input} class="quiet" type="file" accept="image/*" tabindex={-1} aria-label={t('pictureOfMe')} onChange={chosen} />
        <Button busy={setting.busy()} onClick={() => input?.click()}>
          {me().avatarUrl === null ? t('choosePicture') : t('changePicture')}
        </Button>
        <Show when={me().avatarUrl !== null}>
          <Button look="quiet" busy={removing.busy()} onClick={() => void removing.run()}>
            {t('removePicture')}
          </Button>
        </Show>
      </div>
    </div>
  );
}

function ProfileForm() {
  const client = useClient();
  const me = useMe();
  const [name, setName] = createSignal(me().name);
  const [username, setUsername] = createSignal(me().username);
  const [bio, setBio] = createSignal(me().bio);
  const form = createSubmission(async () => {
    await client.api.users.updateMe.mutate({
      ...(name() !== me().name && { name: name() }),
      ...(username() !== me().username && { username: username() }),
      ...(bio() !== me().bio && { bio: bio() }),
    });
    toast(t('profileSaved'));
  });
  const taken = () => form.refusedAs('USERNAME_TAKEN');
  return (
    <form class="door-form settings-form" onSubmit={form.onSubmit}>
      <Field
        label={t('name')}
        name="name"
        dir="auto"
        autocomplete="name"
        required
        maxlength={limits.name.maxCodePoints}
        value={name()}
        onText={setName}
        error={form.fieldError('name')}
      />
      <Field
        label={t('username')}
        name="username"
        autocapitalize="off"
        spellcheck={false}
        required
        maxlength={limits.username.max}
        hint={t('usernameHint')}
        value={username()}
        onText={setUsername}
        error={taken() ?? form.fieldError('username')}
      />
      <TextArea label={t('aboutMe')} maxlength={limits.bio.maxCodePoints} value={bio()} onText={setBio} error={form.fieldError('bio')} />
      <Show when={!taken() && !form.refused()?.fields && form.refused()}>
        {(refused) => <Notice tone="error">{reasonOf(refused())}</Notice>}
      </Show>
      <Button type="submit" look="primary" busy={form.busy()}>
        {t('saveProfile')}
      </Button>
    </form>
  );
}
