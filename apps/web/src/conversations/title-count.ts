import { shownUnread } from '@koreromai/client';

const NAME = 'KoreroMai';

/** The page's title: unread messages first, because a tab shows little more than that (UI5). */
export function pageTitle(unread: number): string {
  const count = shownUnread(unread);
  return count === '' ? NAME : `(${count}) ${NAME}`;
}
