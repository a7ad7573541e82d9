/** Seqs of a stream from `from` to `to`, both included; `to` is null while the stay lasts. */
export interface Range {
  readonly from: number;
  readonly to: number | null;
}

/** The conversations a user is in now → what of each they may see. */
export type Standing = ReadonlyMap<string, readonly Range[]>;

export const covers = (ranges: readonly Range[] | undefined, seq: number): boolean =>
  ranges?.some((r) => r.from <= seq && (r.to === null || seq <= r.to)) ?? false;
