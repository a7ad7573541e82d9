import { adminRouter } from './admin/router.ts';
import { analyticsRouter } from './analytics/router.ts';
import { attachmentsRouter } from './attachments/router.ts';
import { authRouter } from './auth/router.ts';
import { botsRouter } from './bots/router.ts';
import { refusalsRouter } from './circles/refusals.ts';
import { blocksRouter, contactsRouter, followsRouter } from './circles/router.ts';
import { conversationsRouter } from './conversations/router.ts';
import { draftsRouter } from './drafts/router.ts';
import { eventsRouter, sessionRouter } from './events/router.ts';
import { hooksRouter } from './hooks/router.ts';
import { invitationsRouter } from './invitations/router.ts';
import { mailRouter } from './mail/router.ts';
import { membersRouter } from './members/router.ts';
import { messagesRouter } from './messages/router.ts';
import { pinsRouter } from './pins/router.ts';
import { presenceRouter } from './presence/router.ts';
import { previewsRouter } from './previews/router.ts';
import { pushRouter } from './push/router.ts';
import { reactionsRouter } from './reactions/router.ts';
import { readsRouter } from './reads/router.ts';
import { roomsRouter } from './rooms/router.ts';
import { searchRouter } from './search/router.ts';
import { router } from './trpc.ts';
import { preferencesRouter } from './users/preferences.ts';
import { usersRouter } from './users/router.ts';
import { webhooksRouter } from './webhooks/router.ts';

/** Every procedure there is. */
export const appRouter = router({
  admin: adminRouter,
  analytics: analyticsRouter,
  attachments: attachmentsRouter,
  auth: authRouter,
  blocks: blocksRouter,
  bots: botsRouter,
  contacts: contactsRouter,
  conversations: conversationsRouter,
  drafts: draftsRouter,
  events: eventsRouter,
  follows: followsRouter,
  hooks: hooksRouter,
  invitations: invitationsRouter,
  mail: mailRouter,
  members: membersRouter,
  messages: messagesRouter,
  pins: pinsRouter,
  preferences: preferencesRouter,
  presence: presenceRouter,
  previews: previewsRouter,
  push: pushRouter,
  reactions: reactionsRouter,
  reads: readsRouter,
  rooms: roomsRouter,
  search: searchRouter,
  refusals: refusalsRouter,
  session: sessionRouter,
  users: usersRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
