import { display } from '../settings/display.ts';
import { type Language, languages } from './languages.ts';
import { language } from './words.ts';

interface Names {
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
}

/** The names of Te Taura Whiri i te Reo Māori, because browsers have none; days are short enough as they are. */
const maori: Names = {
  weekdays: ['Rātapu', 'Rāhina', 'Rātū', 'Rāapa', 'Rāpare', 'Rāmere', 'Rāhoroi'],
  months: [
    'Kohitātea',
    'Huitanguru',
    'Poutūterangi',
    'Paengawhāwhā',
    'Haratua',
    'Pipiri',
    'Hōngongoi',
    'Hereturikōkā',
    'Mahuru',
    'Whiringa-ā-nuku',
    'Whiringa-ā-rangi',
    'Hakihea',
  ],
  shortMonths: ['Kohi', 'Hui', 'Pou', 'Pae', 'Hara', 'Pipi', 'Hōngo', 'Here', 'Mahu', 'Nuku', 'Rangi', 'Haki'],
};

/** Formats instants as the language and the hours that are chosen when it is called have them. `zone`: undefined is the reader's. */
export function dateFormat(options: Intl.DateTimeFormatOptions, zone: string | undefined): (instant: Date | number) => string {
  const made = new Map<string, (instant: Date | number) => string>();
  const timed = options.hour !== undefined || options.timeStyle !== undefined;
  const where = zone === undefined ? options : { ...options, timeZone: zone };
  return (instant) => {
    const spoken = language();
    const hours = timed ? display.hours() : 'asLanguage';
    const key = `${spoken} ${hours}`;
    const known = made.get(key) ?? formatter(spoken, { ...where, ...cycles[hours] });
    made.set(key, known);
    return known(instant);
  };
}

const cycles = { asLanguage: {}, twelve: { hourCycle: 'h12' }, twentyFour: { hourCycle: 'h23' } } as const;

function formatter(spoken: Language, options: Intl.DateTimeFormatOptions): (instant: Date | number) => string {
  const format = new Intl.DateTimeFormat(languages[spoken].format, options);
  if (spoken !== 'mi') return (instant) => format.format(instant);
  const english = (zoned: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en', { timeZone: options.timeZone, ...zoned });
  const weekday = english({ weekday: 'long' });
  const month = english({ month: 'numeric' });
  const names = options.month === 'short' || options.dateStyle === 'medium' ? maori.shortMonths : maori.months;
  return (instant) =>
    format
      .formatToParts(instant)
      .map((part) => {
        if (part.type === 'weekday') return maori.weekdays[englishDays.indexOf(weekday.format(instant))] ?? part.value;
        if (part.type === 'month' && !/\d/.test(part.value)) return names[Number(month.format(instant)) - 1] ?? part.value;
        return part.value;
      })
      .join('');
}

const englishDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
