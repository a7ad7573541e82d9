import { analyticsLists } from './analytics.ts';
import { attentionLists } from './attention.ts';
import { botsLists } from './bots.ts';
import { circlesLists } from './circles.ts';
import { conversationsLists } from './conversations.ts';
import { hooksLists } from './hooks.ts';
import { mailLists } from './mail.ts';
import { messagesLists } from './messages.ts';
import { peopleLists } from './people.ts';
import { roomsLists } from './rooms.ts';
import type { Fixtures } from './scene.ts';

/** Every list of the router, by its path; one without an entry fails the suites. A feature's lists stand in a file of its own beside this one. */
export const fixtures: Fixtures = {
  ...analyticsLists,
  ...attentionLists,
  ...botsLists,
  ...circlesLists,
  ...conversationsLists,
  ...hooksLists,
  ...messagesLists,
  ...mailLists,
  ...peopleLists,
  ...roomsLists,
};
