export type View = 'list' | 'chat' | 'details' | 'page';

/** The pane that a narrow screen shows for a path. */
export function viewOf(path: string): View {
  if (path.startsWith('/c/')) return path.endsWith('/details') ? 'details' : 'chat';
  return path === '/' ? 'list' : 'page';
}

export const currentChat = (path: string): string | undefined => /^\/c\/([^/]+)/.exec(path)?.[1];

/** A link to one message (UI45). */
export const messageHref = (message: { readonly conversationId: string; readonly seq: number }): string =>
  `/c/${message.conversationId}/m/${message.seq}`;

export const chatHref = (id: string, withDetails = false): string => (withDetails ? `/c/${id}/details` : `/c/${id}`);
