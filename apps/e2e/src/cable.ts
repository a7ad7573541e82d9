import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** The browser's own offline switch leaves open sockets alone, so the sockets go through a cable that can be pulled. */
export async function cableOf(context: BrowserContext) {
  const open = new Set<WebSocketRoute>();
  let pulled = false;
  await context.routeWebSocket(/\/trpc/, (route) => {
    if (pulled) return void route.close({ code: 1006 }).catch(() => route.close());
    route.connectToServer();
    open.add(route);
  });
  return {
    async pull() {
      pulled = true;
      await context.setOffline(true);
      await Promise.all([...open].map((route) => route.close({ code: 1001 })));
      open.clear();
    },
    async plugIn() {
      pulled = false;
      await context.setOffline(false);
    },
  };
}
