import type { HookRow } from '@koreromai/db';

type Accounts = Pick<HookRow, 'suspended_at' | 'deleted_at' | 'maker_suspended_at' | 'maker_deleted_at'>;

/** Whether a hook's bot and whoever made it are both there and not suspended: else it takes nothing. */
export const answeredFor = (row: Accounts): boolean =>
  [row.suspended_at, row.deleted_at, row.maker_suspended_at, row.maker_deleted_at].every((at) => at === null);
