import { maori as people } from '../people/words.mi.ts';
import { maori as settings } from '../settings/words.mi.ts';
import { maori as timeline } from '../timeline/words.mi.ts';
import type { Catalogue } from './catalogue.ts';
import { maori as refusals } from './refusals.mi.ts';

/** Te reo Māori. Unreviewed: nobody fluent has read it yet, which the settings say where it is chosen. */
export const maori: Catalogue = { people, settings, timeline, refusals };
