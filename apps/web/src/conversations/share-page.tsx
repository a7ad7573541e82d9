import { conversationsByActivity } from '@koreromai/client';
import { A, useSearchParams } from '@solidjs/router';
import { createMemo, Show, untrack } from 'solid-js';
import { useDrafts } from '../composer/drafts.tsx';
import { useClient, useMe, useState } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { Keyed } from '../ui/keyed.tsx';
import { ConversationAvatar } from './conversation-avatar.tsx';
import { MoreConversations } from './more-conversations.tsx';
import { titleOf } from './naming.ts';
import { Page } from './page.tsx';
import { chatHref } from './paths.ts';
import '../people/people.css';
import '../people/person-line.css';
import '../ui/button.css';
import './share-page.css';
import { t } from './words.ts';

/** /share – where another app sends something to: it becomes what I began to write in the chat that I choose (UI44). Nothing is sent by itself. */
export default function SharePage() {
  const client = useClient();
  const me = useMe();
  const drafts = useDrafts();
  const [params] = useSearchParams<{ title: string; text: string; url: string }>();
  const shared = () => {
    const said = [params.title, params.text, params.url].map((part) => part?.trim() ?? '');
    return said.filter((part, at) => part !== '' && !said.some((other, before) => before < at && other.includes(part))).join('\n');
  };
  const conversations = useState((state) => state.conversations);
  const chats = createMemo(() => {
    conversations(); // the order depends on nothing else of the state
    return conversationsByActivity(untrack(() => client.store.get())).filter((chat) => chat.state === 'open');
  });
  const take = (id: string) => {
    const begun = drafts.get(id).trimEnd();
    drafts.set(id, begun === '' ? shared() : `${begun}\n${shared()}`);
  };
  return (
    <Page title={t('share')}>
      <Show
        when={shared() !== ''}
        fallback={
          <Blank title={t('nothingShared')}>
            <p>{t('nothingSharedWhy')}</p>
          </Blank>
        }
      >
        <blockquote class="shared" dir="auto">
          {shared()}
        </blockquote>
        <Show
          when={chats().length > 0}
          fallback={
            <Blank
              title={t('noChats')}
              action={
                <A href="/new" class="button button-primary">
                  {t('startChat')}
                </A>
              }
            />
          }
        >
          <section aria-labelledby="share-title">
            <h2 class="circle-title" id="share-title">
              {t('whereTo')}
            </h2>
            <ul class="lines">
              <Keyed each={chats()} by={(chat) => chat.id}>
                {(chat) => (
                  <li class="member">
                    <ConversationAvatar conversation={chat()} meId={me().id} />
                    <A class="member-name member-link shared-to" href={chatHref(chat().id)} replace onClick={() => take(chat().id)}>
                      <bdi>{titleOf(chat(), me().id)}</bdi>
                    </A>
                  </li>
                )}
              </Keyed>
            </ul>
            <MoreConversations />
          </section>
        </Show>
      </Show>
    </Page>
  );
}
