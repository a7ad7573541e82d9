import { refusalOf } from '@koreromai/client';
import type { Page, Session } from '@koreromai/contract';
import { createResource, createSignal, Match, Show, Switch } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createNow } from '../ui/clock.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Keyed } from '../ui/keyed.tsx';
import { Notice } from '../ui/notice.tsx';
import { RowSkeleton } from '../ui/skeleton.tsx';
import { toast } from '../ui/toast.tsx';
import { SessionRow } from './session-row.tsx';
import { t } from './words.ts';

/** Where this account is signed in. Read from the server each time: it is seldom looked at and must be true when it is. */
export function Sessions() {
  const client = useClient();
  const now = createNow();
  const [asking, setAsking] = createSignal(false);
  const [page, { mutate, refetch }] = createResource(() => client.sessions());
  const more = async (cursor: string) => {
    try {
      const next = await client.sessions(cursor);
      mutate((held): Page<Session> => ({ items: [...(held?.items ?? []), ...next.items], nextCursor: next.nextCursor }));
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
    }
  };
  const revoke = async (session: Session) => {
    try {
      await client.revokeSession(session.id);
      mutate((held) => held && { ...held, items: held.items.filter((each) => each.id !== session.id) });
    } catch (error) {
      toast(reasonOf(refusalOf(error)));
    }
  };
  const revokeOthers = async () => {
    await client.revokeOtherSessions();
    await refetch();
  };
  // Asking a resource that has not answered would suspend the whole page instead of showing the skeleton.
  const held = () => (page.state === 'ready' || page.state === 'refreshing' ? page.latest : undefined);
  return (
    <section class="settings-part" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('signedInOn')}</h2>
      <Switch fallback={<RowSkeleton rows={2} label={t('loadingSessions')} />}>
        <Match when={page.error !== undefined}>
          <Notice tone="error" action={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}>
            {reasonOf(refusalOf(page.error))}
          </Notice>
        </Match>
        <Match when={held()}>
          {(sessions) => (
            <>
              <ul class="sessions">
                <Keyed each={sessions().items} by={(session) => session.id}>
                  {(session) => <SessionRow session={session()} now={now()} onRevoke={() => revoke(session())} />}
                </Keyed>
              </ul>
              <Show when={sessions().nextCursor}>
                {(cursor) => (
                  <Button look="quiet" onClick={() => void more(cursor())}>
                    {t('showMore')}
                  </Button>
                )}
              </Show>
              <Show when={sessions().items.length > 1}>
                <Button onClick={() => setAsking(true)}>{t('signOutElsewhere')}</Button>
              </Show>
            </>
          )}
        </Match>
      </Switch>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('signOutElsewhereAsked')}
        description={t('signOutElsewhereHint')}
        verb={t('signOutOthers')}
        onConfirm={revokeOthers}
      />
    </section>
  );
}
