import { refusalOf } from '@koreromai/client';
import type { Page, Session } from '@koreromai/contract';
import { createResource, createSignal, Match, Show, Switch } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createNow } from '../ui/clock.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Keyed } from '../ui/keyed.tsx';
import { Notice } from '../ui/notice.tsx';
import { RowSkeleton } from '../ui/skeleton.tsx';
import { toast } from '../ui/toast.tsx';
import { SessionRow } from './session-row.tsx';

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
      toast(refusalOf(error).message);
    }
  };
  const revoke = async (session: Session) => {
    try {
      await client.revokeSession(session.id);
      mutate((held) => held && { ...held, items: held.items.filter((each) => each.id !== session.id) });
    } catch (error) {
      toast(refusalOf(error).message);
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
      <h2 id="sessions-title">Signed in on</h2>
      <Switch fallback={<RowSkeleton rows={2} label="Loading your sessions" />}>
        <Match when={page.error !== undefined}>
          <Notice tone="error" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {refusalOf(page.error).message}
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
                    Show more
                  </Button>
                )}
              </Show>
              <Show when={sessions().items.length > 1}>
                <Button onClick={() => setAsking(true)}>Sign out everywhere else</Button>
              </Show>
            </>
          )}
        </Match>
      </Switch>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title="Sign out everywhere else?"
        description="All other devices are signed out at once. This one stays."
        verb="Sign out others"
        onConfirm={revokeOthers}
      />
    </section>
  );
}
