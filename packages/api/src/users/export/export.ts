import { newId } from '@koreromai/db';
import { type Act, actOf } from '../../admin/audit.ts';
import type { Caller, Context } from '../../context.ts';
import { userExported } from './audit.ts';
import { exportEntries } from './entries.ts';
import { zipOf } from './zip.ts';

/** U8: everything the caller can see now, as a zip in pieces (see `exportEntries`). Written down before it begins, as `act`: their own unless told. */
export async function exportZip(
  ctx: Context & { readonly caller: Caller },
  act: Act = actOf(ctx),
): Promise<AsyncGenerator<Uint8Array, void>> {
  const { lane, now } = ctx.services;
  await lane.change(userExported, { act, id: newId(now()), userId: ctx.caller.id });
  return zipOf(exportEntries(ctx));
}
