import { Refusal } from '@koreromai/contract';
import { previewImage } from '@koreromai/db';
import type { Readable } from '../attachments/open.ts';
import { originalKey } from '../attachments/storage/storage.ts';
import type { Context } from '../context.ts';
import { appRouter } from '../root.ts';
import { createCallerFactory } from '../trpc.ts';

const callerFor = createCallerFactory(appRouter);

/**
 * A picture of a page that a message links to, for one reader: there exactly while the list of the message's previews shows it to them,
 * asked anew at every request. Throws what that list throws, and NOT_FOUND.
 */
export async function openPreviewImage(ctx: Context, messageId: string, imageId: string): Promise<Readable> {
  const { items } = await callerFor(ctx).previews.list({ messageId });
  const shown = items.some(({ image }) => image?.url.endsWith(`/${imageId}`));
  const row = shown ? await previewImage(ctx.services.read, imageId) : undefined;
  if (!row) throw new Refusal('NOT_FOUND');
  return { key: originalKey(imageId), type: 'image/webp', name: 'preview.webp', size: row.size };
}
