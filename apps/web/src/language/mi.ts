import { maori as actions } from '../actions/words.mi.ts';
import { maori as admin } from '../admin/words.mi.ts';
import { maori as analytics } from '../analytics/words.mi.ts';
import { maori as attachments } from '../attachments/words.mi.ts';
import { maori as composer } from '../composer/words.mi.ts';
import { maori as conversations } from '../conversations/words.mi.ts';
import { maori as integrations } from '../integrations/words.mi.ts';
import { maori as offline } from '../offline/words.mi.ts';
import { maori as people } from '../people/words.mi.ts';
import { maori as reactions } from '../reactions/words.mi.ts';
import { maori as rooms } from '../rooms/words.mi.ts';
import { maori as search } from '../search/words.mi.ts';
import { maori as session } from '../session/words.mi.ts';
import { maori as settings } from '../settings/words.mi.ts';
import { maori as text } from '../text/words.mi.ts';
import { maori as timeline } from '../timeline/words.mi.ts';
import { maori as ui } from '../ui/words.mi.ts';
import type { Catalogue } from './catalogue.ts';
import { maori as refusals } from './refusals.mi.ts';

/** Te reo Māori. Unreviewed: nobody fluent has read it yet, which the settings say where it is chosen. */
export const maori: Catalogue = {
  actions,
  admin,
  analytics,
  attachments,
  composer,
  conversations,
  integrations,
  offline,
  people,
  reactions,
  rooms,
  search,
  session,
  settings,
  text,
  timeline,
  ui,
  refusals,
};
