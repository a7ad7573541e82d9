/**
 * The languages of the page. `format` is what dates, numbers and plurals are written by: no browser that we know of has
 * them for te reo Māori, whose names of days and months are in its catalogue, and its figures are those of New Zealand.
 */
export const languages = {
  en: { name: 'English (NZ)', tag: 'en-NZ', format: 'en-NZ', dir: 'ltr' },
  mi: { name: 'Te reo Māori', tag: 'mi', format: 'en-NZ', dir: 'ltr' },
  // Made from the English by machine, to find what is not translated, too narrow, or built for one direction. Not in the settings.
  'en-XA': { name: 'Pseudo', tag: 'en-XA', format: 'en-NZ', dir: 'ltr' },
  'ar-XB': { name: 'Pseudo, right to left', tag: 'ar-XB', format: 'en-NZ', dir: 'rtl' },
} as const;

export type Language = keyof typeof languages;

/** What the settings offer. */
export const offered = ['en', 'mi'] as const satisfies readonly Language[];

const PLACE = 'koreromai.language';
const isLanguage = (value: string | null): value is Language => value !== null && Object.hasOwn(languages, value);

/** The choice of this browser; before there is one, the first of the person's languages that we have. */
export function readLanguage(wanted: readonly string[] = navigator.languages): Language {
  const kept = keptLanguage();
  if (kept !== undefined) return kept;
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0]);
  return offered.find((each) => each === known.find((tag) => offered.some((one) => one === tag))) ?? 'en';
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(PLACE, language);
  } catch {
    // spoken for this visit only
  }
}

function keptLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(PLACE);
    return isLanguage(kept) ? kept : undefined;
  } catch {
    return undefined; // forbidden by the browser's settings
  }
}
