import type { Person, World } from '../world.ts';

export interface Listed {
  items: unknown[];
  nextCursor: string | null;
}
export type List = (input: { cursor?: unknown; limit?: unknown }) => Promise<Listed>;
export interface Cast {
  readonly world: World;
  readonly mia: Person;
  readonly tama: Person;
  readonly rangi: Person;
}
/** Fills a list with at least three pages of two, gives the list, and a way to write to it meanwhile. */
export interface Filled {
  readonly list: List;
  readonly key: (item: never) => string;
  readonly write: () => Promise<unknown>;
  readonly size: number;
}

export type Fixtures = Readonly<Record<string, (cast: Cast) => Promise<Filled>>>;
