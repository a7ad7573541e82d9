import { maori as conversations } from '../conversations/words.mi.ts';
import { maori as people } from '../people/words.mi.ts';
import { maori as session } from '../session/words.mi.ts';
import { maori as settings } from '../settings/words.mi.ts';
import { maori as timeline } from '../timeline/words.mi.ts';
import { maori as ui } from '../ui/words.mi.ts';
import type { Catalogue } from './catalogue.ts';
import { maori as refusals } from './refusals.mi.ts';

/** Te reo Māori. Unreviewed: nobody fluent has read it yet, which the settings say where it is chosen. */
export const maori: Catalogue = { conversations, people, session, settings, timeline, ui, refusals };
