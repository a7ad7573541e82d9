import type { NotifyLevel } from '@koreromai/contract';

/** Of what in this chat somebody wants to hear outside of the app now; without a row, of everything. */
export function wants(row: { readonly notify: string | null; readonly muted_until: number | null } | undefined, now: number): NotifyLevel {
  if (Number(row?.muted_until ?? 0) > now) return 'none';
  return row?.notify === 'mentions' || row?.notify === 'none' ? row.notify : 'all';
}
