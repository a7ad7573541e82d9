import { type ErrorCode, limits } from '@koreromai/contract';
import { bytesOf, type InsertRow, oldSignIns } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import type { Services } from '../services.ts';

/** K6: writes down that somebody came in or was refused. Never what they typed. */
export const noteSignIn = (draft: Draft, row: Omit<InsertRow<'sign_in'>, 'at'>): void =>
  draft.insert('sign_in', { ...row, address: row.address.slice(0, 64), device: row.device.slice(0, 300), at: draft.now }, 'ignore');

export interface RefusedSignIn {
  readonly id: string;
  /** Whose account it was; null where nobody has that address: written down all the same, so that time tells nothing (A2). */
  readonly userId: string | null;
  readonly code: ErrorCode;
  readonly address: string;
  readonly device: string;
}

export const signInRefused = changeKind<RefusedSignIn, void>()({
  name: 'sign-in.refused',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ id, userId, code, address, device }, _facts, draft) =>
    noteSignIn(draft, { id: bytesOf(id), user_id: userId === null ? null : bytesOf(userId), outcome: code, address, device }),
});

const signInsForgotten = changeKind<{ ids: readonly Buffer[] }, void>()({
  name: 'sign-ins.forgotten',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ ids }, _facts, draft) {
    for (const id of ids) draft.delete('sign_in', { id });
  },
});

const atOnce = 200;

/** Takes away what is older than it is kept, and the oldest of more than are kept. Any process may, at any time. */
export async function forgetSignIns(services: Pick<Services, 'db' | 'lane' | 'now'>, kept: number = limits.signIns.kept): Promise<void> {
  const { db, lane, now } = services;
  const { keptFor } = limits.signIns;
  const old = () => oldSignIns(db.side, { before: now() - keptFor, kept, limit: atOnce });
  for (let ids = await old(); ids.length > 0; ids = await old()) await lane.change(signInsForgotten, { ids });
}
