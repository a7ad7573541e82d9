import { languages } from './languages.ts';
import { language } from './words.ts';

const kept = new Map<string, unknown>();

/** Formatters are dear to make, so each is made once for a language. */
function once<Made>(kind: string, make: (locale: string) => Made): Made {
  const locale = languages[language()].format;
  const key = `${kind} ${locale}`;
  if (!kept.has(key)) kept.set(key, make(locale));
  return kept.get(key) as Made;
}

/** "12,345" as the chosen language writes it. */
export const number = (value: number): string => once('number', (locale) => new Intl.NumberFormat(locale)).format(value);

/** "340 kB", "2.1 MB". */
export const measured = (value: number, unit: 'kilobyte' | 'megabyte', digits: number): string =>
  once(`${unit} ${digits}`, (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits })).format(
    value,
  );

/** The form that a number asks for. */
export const plural = (count: number, forms: { readonly one: string; readonly other: string }): string =>
  once('plural', (locale) => new Intl.PluralRules(locale)).select(count) === 'one' ? forms.one : forms.other;

/** "Ben, Mere and Tama". */
export function listed(names: readonly string[], style: 'long' | 'narrow' = 'long'): string {
  const parts = once(`list ${style}`, (locale) => new Intl.ListFormat(locale, { style, type: 'conjunction' })).formatToParts(names);
  const and = (literal: string) => (language() === 'mi' ? literal.replace(/\band\b/, 'me') : literal);
  return parts.map((part) => (part.type === 'literal' ? and(part.value) : part.value)).join('');
}
