import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect } from 'solid-js';
import type { Talk } from '../actions/talk.tsx';
import { useState } from '../session/session.tsx';

/** `/c/{id}/m/{seq}` shows that message, once the chat is there (UI45). The address is then the chat's own: going back leaves the chat. */
export function usePermalink(conversationId: string, talk: Talk): void {
  const location = useLocation();
  const navigate = useNavigate();
  const loaded = useState((state) => (state.timelines[conversationId]?.messages.length ?? 0) > 0);
  createEffect(() => {
    const [, seq] = /\/m\/(\d+)$/.exec(location.pathname) ?? [];
    if (seq === undefined || !loaded()) return;
    navigate(`/c/${conversationId}`, { replace: true });
    queueMicrotask(() => talk.jump(Number(seq)));
  });
}
