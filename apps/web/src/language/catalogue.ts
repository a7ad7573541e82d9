import type { english as actions } from '../actions/words.ts';
import type { english as admin } from '../admin/words.ts';
import type { english as analytics } from '../analytics/words.ts';
import type { english as attachments } from '../attachments/words.ts';
import type { english as composer } from '../composer/words.ts';
import type { english as conversations } from '../conversations/words.ts';
import type { english as integrations } from '../integrations/words.ts';
import type { english as offline } from '../offline/words.ts';
import type { english as people } from '../people/words.ts';
import type { english as reactions } from '../reactions/words.ts';
import type { english as rooms } from '../rooms/words.ts';
import type { english as search } from '../search/words.ts';
import type { english as session } from '../session/words.ts';
import type { english as settings } from '../settings/words.ts';
import type { english as text } from '../text/words.ts';
import type { english as timeline } from '../timeline/words.ts';
import type { english as ui } from '../ui/words.ts';
import type { english as refusals } from './refusals.ts';

/** What a feature says: sentences, and functions that fill one with a name or a number. */
export type Dictionary = Readonly<Record<string, string | ((...given: never[]) => string)>>;

/** The same keys in any language. A catalogue typed by it that lacks one, or has one too many, fails `tsc`. */
export type Words<Of> = { readonly [Key in keyof Of]: Of[Key] extends string ? string : Of[Key] };

/** The words of every feature, by the name of its folder: the one place that joins them. */
export interface Catalogue {
  readonly actions: Words<typeof actions>;
  readonly admin: Words<typeof admin>;
  readonly analytics: Words<typeof analytics>;
  readonly attachments: Words<typeof attachments>;
  readonly composer: Words<typeof composer>;
  readonly conversations: Words<typeof conversations>;
  readonly integrations: Words<typeof integrations>;
  readonly offline: Words<typeof offline>;
  readonly people: Words<typeof people>;
  readonly reactions: Words<typeof reactions>;
  readonly rooms: Words<typeof rooms>;
  readonly search: Words<typeof search>;
  readonly session: Words<typeof session>;
  readonly settings: Words<typeof settings>;
  readonly text: Words<typeof text>;
  readonly timeline: Words<typeof timeline>;
  readonly ui: Words<typeof ui>;
  readonly refusals: Words<typeof refusals>;
}
