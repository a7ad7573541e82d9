import { createEffect, createMemo } from 'solid-js';
import { useClient, useState } from '../session/session.tsx';

/** A room that is shown without being followed is told of as well, for as long as it is shown. */
export function watchRoom(shown: () => string | undefined): void {
  const client = useClient();
  const conversations = useState((state) => state.conversations);
  const visited = createMemo(() => {
    const held = conversations()[shown() ?? ''];
    return held?.kind === 'room' && held.myRole === null ? held.id : undefined;
  });
  createEffect(() => {
    const id = visited();
    if (client.store.get().me !== null) client.watchRooms(id === undefined ? [] : [id]); // signed out, nothing is told any more
  });
}
