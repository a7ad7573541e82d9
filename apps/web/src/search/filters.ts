import type { SearchInput } from '@koreromai/contract';

export const kinds = ['attachment', 'image', 'video', 'link'] as const;
export type Kind = (typeof kinds)[number];

/** What is looked for, as it stands in the address. Dates are `2026-11-21`; `in` and `from` are ids. */
export interface Filters {
  readonly q: string;
  readonly in: string;
  readonly from: string;
  readonly has: Kind | '';
  readonly after: string;
  readonly before: string;
}

export const noFilters: Filters = { q: '', in: '', from: '', has: '', after: '', before: '' };
const names = ['q', 'in', 'from', 'after', 'before'] as const;

export function filtersOf(params: Partial<Record<string, string | string[]>>): Filters {
  const one = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
  const has = kinds.find((kind) => kind === params.has) ?? '';
  return { ...noFilters, ...Object.fromEntries(names.map((name) => [name, one(name)])), has };
}

/** What the server is asked; null while there is nothing to look for. `zone` decides when a day begins. */
export function inputOf(filters: Filters, zone: string): SearchInput | null {
  if (filters.q === '' && filters.has === '' && filters.from === '') return null;
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(given), q: filters.q, tz: zone } as SearchInput;
}

export interface Typed {
  /** What is left to look for. */
  readonly q: string;
  readonly has?: Kind;
  readonly after?: string;
  readonly before?: string;
  /** As they were typed: who and where they are is for others to say. */
  readonly from?: string;
  readonly in?: string;
}

const operator = /(?<=^|\s)(from|in|has|before|after):(?:"([^"]*)"|(\S+))/giu;
const words: Readonly<Record<string, Kind>> = { file: 'attachment', picture: 'image', photo: 'image', movie: 'video', url: 'link' };

/** `from:@bea in:picnic has:file after:2026-11-01` typed among the words, as those who know other chats type it. What makes no sense stays a word. */
export function typedFilters(raw: string): Typed {
  const found: { -readonly [Name in keyof Typed]: Typed[Name] } = { q: '' };
  const rest = raw.replace(operator, (whole: string, name: string, quoted: string | undefined, plain: string | undefined) => {
    const value = quoted ?? plain ?? '';
    switch (name.toLowerCase()) {
      case 'has': {
        const kind = kinds.find((each) => each === value.toLowerCase()) ?? words[value.toLowerCase()];
        if (kind === undefined) return whole;
        found.has = kind;
        return '';
      }
      case 'before':
      case 'after':
        if (!isDay(value)) return whole;
        found[name.toLowerCase() === 'before' ? 'before' : 'after'] = value;
        return '';
      case 'in':
        found.in = value.replace(/^#/u, '');
        return '';
      default:
        found.from = value;
        return '';
    }
  });
  return { ...found, q: rest.replace(/\s+/gu, ' ').trim() };
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));
