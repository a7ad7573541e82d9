import { type Refused, refusalOf } from '@koreromai/client';
import type { InvitationPage } from '@koreromai/contract';
import { A, useParams } from '@solidjs/router';
import { createResource, Match, Switch } from 'solid-js';
import { Door } from '../session/door.tsx';
import { useClient, useState } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { RowSkeleton } from '../ui/skeleton.tsx';
import { Avatar } from './avatar.tsx';
import { JoinAsMe, JoinByDoor } from './join-ways.tsx';
import './join-page.css';
import { reasonOf } from '../language/refusals.ts';
import { t } from './words.ts';

type Found = { invitation: InvitationPage } | { refused: Refused };

/** /join/:token – public: who invites, and the shortest way to the seat (C7). */
export default function JoinPage() {
  const params = useParams<{ token: string }>();
  const client = useClient();
  const me = useState((state) => state.me);
  const status = useState((state) => state.connection.status);
  const [found, { refetch }] = createResource(
    () => params.token,
    async (token): Promise<Found> => {
      try {
        return { invitation: await client.invitation(token) };
      } catch (error) {
        return { refused: refusalOf(error) };
      }
    },
  );
  // Asking a resource that has not answered would suspend the whole page instead of showing the skeleton.
  const answer = () => (found.state === 'ready' ? found() : undefined);
  const invitation = () => {
    const now = answer();
    return now !== undefined && 'invitation' in now ? now.invitation : undefined;
  };
  const refused = () => {
    const now = answer();
    return now !== undefined && 'refused' in now ? now.refused : undefined;
  };
  return (
    <Door title={refused() === undefined ? t('youAreInvited') : t('linkShut')} lead={<Inviter invitation={invitation()} />}>
      <Switch fallback={<RowSkeleton rows={2} label={t('lookingAtInvitation')} />}>
        <Match when={refused()}>
          {(reason) => (
            <>
              <Notice tone="error">{reasonOf(reason())}</Notice>
              {reason().retryable ? (
                <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
              ) : (
                <A href="/" class="button button-outline">
                  {t('goToKoreroMai')}
                </A>
              )}
            </>
          )}
        </Match>
        <Match when={invitation() !== undefined && me() !== null}>
          <JoinAsMe token={params.token} />
        </Match>
        <Match when={invitation() !== undefined && status() === 'signedOut'}>
          <JoinByDoor token={params.token} />
        </Match>
      </Switch>
    </Door>
  );
}

function Inviter(props: { invitation: InvitationPage | undefined }) {
  const to = () => (props.invitation?.kind === 'direct' ? t('directChatTo') : (props.invitation?.conversationName ?? t('groupChatTo')));
  return (
    <Switch>
      <Match when={props.invitation}>
        {(invitation) => (
          <div class="inviter">
            <Avatar id={invitation().inviter.id} name={invitation().inviter.name} />
            <p>
              <bdi class="inviter-name">{invitation().inviter.name}</bdi> {t('keepsSeat')} <bdi class="inviter-name">{to()}</bdi>.
            </p>
          </div>
        )}
      </Match>
    </Switch>
  );
}
