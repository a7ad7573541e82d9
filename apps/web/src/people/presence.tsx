import { createEffect, on, Show } from 'solid-js';
import { useClient, useState } from '../session/session.tsx';
import './presence.css';
import { t } from './words.ts';

/** Asks who of these people is here, each once a connection; who comes and goes later is told. */
export function askPresence(userIds: () => readonly string[]): void {
  const client = useClient();
  const live = useState((state) => state.connection.status === 'live');
  createEffect(
    on([() => userIds().join(), live], () => {
      const unknown = userIds().filter((id) => client.store.get().presence[id] === undefined);
      if (live() && unknown.length > 0) void client.loadPresence(unknown).catch(() => undefined); // a missing dot is no harm
    }),
  );
}

/** Whether somebody is here: a full disc, or a ring for away, so that it is not told by colour alone (UI25). Nothing where it is not known. */
export function PresenceDot(props: { userId: string }) {
  const online = useState((state) => state.presence[props.userId]);
  return (
    <Show when={online() !== undefined}>
      <span class="presence" classList={{ 'presence-here': online() === true }} title={t(online() ? 'online' : 'away')}>
        <span class="quiet">{t(online() ? 'online' : 'away')}</span>
      </span>
    </Show>
  );
}
