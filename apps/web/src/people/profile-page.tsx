import type { Profile } from '@koreromai/contract';
import { A, useNavigate, useParams } from '@solidjs/router';
import MessageCircle from 'lucide-solid/icons/message-circle';
import { createMemo, For, Show } from 'solid-js';
import { ConversationAvatar } from '../conversations/conversation-avatar.tsx';
import { titleOf } from '../conversations/naming.ts';
import { Page } from '../conversations/page.tsx';
import { chatHref } from '../conversations/paths.ts';
import { useClient, useMe, useState } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Avatar } from './avatar.tsx';
import { BlockButton, ContactButton, FollowButton } from './person-verbs.tsx';
import { askPresence, PresenceDot } from './presence.tsx';
import { ReportPerson } from './report-person.tsx';
import { createStandings } from './standing.ts';
import './people.css';
import './person-line.css';
import { dateFormat } from '../language/dates.ts';
import { t } from './words.ts';

const longDate = dateFormat({ dateStyle: 'long' }, undefined);

/** /people/:id – who somebody is, and what one can do: write, become contacts, follow, block (UI40). */
export default function ProfilePage() {
  const client = useClient();
  const params = useParams<{ id: string }>();
  const asked = createAsked(
    () => params.id,
    (userId) => client.api.users.get.query({ userId }),
  );
  return (
    <Page title={t('profile')}>
      <Answer of={asked} label={t('loadingProfile')} rows={1}>
        {(person) => (
          <>
            <Card person={person()} />
            <MutualChats userId={person().id} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Card(props: { person: Profile }) {
  const client = useClient();
  const me = useMe();
  const navigate = useNavigate();
  const { of } = createStandings();
  askPresence(() => [props.person.id]);
  const writing = createCommand(async () => {
    const made = await client.createConversation({ kind: 'direct', person: props.person.id });
    if (made.status !== 'pending') navigate(chatHref(made.conversation.id));
  });
  const relation = () => of(props.person);
  const since = () => longDate(new Date(props.person.createdAt));
  return (
    <section class="profile" aria-label={props.person.name}>
      <Avatar id={props.person.id} name={props.person.name} picture={props.person.avatarUrl} size="large" />
      <h2 class="profile-name">
        <bdi>{props.person.name}</bdi> <PresenceDot userId={props.person.id} />
      </h2>
      <p class="member-handle">
        @{props.person.username} · {t('hereSince')} <time datetime={props.person.createdAt}>{since()}</time>
      </p>
      <Show when={props.person.email}>
        <p class="member-handle">{props.person.email}</p>
      </Show>
      <Show when={relation().followsMe}>
        <p class="tag">{t('followsYou')}</p>
      </Show>
      <Show when={props.person.bio}>
        <p class="profile-bio" dir="auto">
          {props.person.bio}
        </p>
      </Show>
      <Show
        when={props.person.id !== me().id}
        fallback={
          <A class="button button-outline" href="/settings">
            {t('editProfile')}
          </A>
        }
      >
        <div class="verbs">
          <Button look="primary" busy={writing.busy()} onClick={() => void writing.run()}>
            <MessageCircle size={18} aria-hidden="true" />
            {t('message')}
          </Button>
          <ContactButton relation={relation()} />
          <FollowButton relation={relation()} />
          <BlockButton relation={relation()} />
          <ReportPerson user={props.person} />
        </div>
      </Show>
    </section>
  );
}

function MutualChats(props: { userId: string }) {
  const me = useMe();
  const conversations = useState((state) => state.conversations);
  const mutual = createMemo(() =>
    Object.values(conversations()).filter(
      (chat) => chat.kind === 'group' && chat.members.some((member) => member.user.id === props.userId),
    ),
  );
  return (
    <Show when={props.userId !== me().id && mutual().length > 0}>
      <section class="circle" aria-labelledby="mutual-title">
        <h2 class="circle-title" id="mutual-title">
          {t('sharedGroups')}
        </h2>
        <ul class="lines">
          <For each={mutual()}>
            {(chat) => (
              <li class="member">
                <ConversationAvatar conversation={chat} meId={me().id} />
                <A class="member-name member-link" href={chatHref(chat.id)}>
                  <bdi>{titleOf(chat, me().id)}</bdi>
                </A>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
