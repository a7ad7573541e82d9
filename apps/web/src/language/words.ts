import { type Translator, translator } from '@solid-primitives/i18n';
import { createSignal } from 'solid-js';
import type { Catalogue } from './catalogue.ts';
import { type Language, languages } from './languages.ts';

/** What is spoken: the words of a feature, looked up by its name or made from its English ones. */
interface Spoken {
  readonly language: Language;
  readonly words: <Name extends keyof Catalogue>(feature: Name, english: Catalogue[Name]) => Catalogue[Name];
}

// A page speaks one language, as its <html lang> says, so this is one signal and no context: plain functions have words too.
const [spoken, setSpoken] = createSignal<Spoken>({ language: 'en', words: (_feature, english) => english });

export const language = (): Language => spoken().language;

/**
 * The words of one feature, as a function: `t('leave')`, `t('seats', 3)`. Called where something is shown, it follows
 * the chosen language at once. The English comes with the feature's own code; the other catalogues come when chosen.
 */
export const wordsOf = <Name extends keyof Catalogue>(feature: Name, english: Catalogue[Name]): Translator<Catalogue[Name]> =>
  translator(() => spoken().words(feature, english));

/** Speaks another language from now on. Rejects when its catalogue does not come; the one before is spoken on. */
export async function speak(next: Language): Promise<void> {
  const words = await bring(next);
  setSpoken({ language: next, words });
  document.documentElement.lang = languages[next].tag;
  document.documentElement.dir = languages[next].dir;
}

async function bring(next: Language): Promise<Spoken['words']> {
  if (next === 'en') return (_feature, english) => english;
  if (next === 'mi') {
    const { maori } = await import('./mi.ts');
    return (feature) => maori[feature];
  }
  const { pseudo } = await import('./pseudo.ts');
  return (_feature, english) => pseudo(english);
}
