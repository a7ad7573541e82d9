import { newId } from '@koreromai/db';
import { actOf } from '../../admin/audit.ts';
import type { Caller, Context } from '../../context.ts';
import { userExported } from './audit.ts';
import { exportEntries } from './entries.ts';
import { zipOf } from './zip.ts';

/** U8: everything the caller can see now, as a zip in pieces (see `exportEntries`). Written down before it begins. */
export async function exportZip(ctx: Context & { readonly caller: Caller }): Promise<AsyncGenerator<Uint8Array, void>> {
  const { lane, now } = ctx.services;
  await lane.change(userExported, { act: actOf(ctx), id: newId(now()), userId: ctx.caller.id });
  return zipOf(exportEntries(ctx));
}
