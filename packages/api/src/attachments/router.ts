import { attachment, describeInput, Refusal } from '@koreromai/contract';
import { attachmentById } from '@koreromai/db';
import { authed, limited, router } from '../trpc.ts';
import { fileDescribed } from './describe.ts';
import { attachmentView } from './view.ts';

export const attachmentsRouter = router({
  describe: authed
    .meta({
      rest: {
        method: 'PATCH',
        path: '/attachments/{id}',
        params: { id: 'attachmentId' },
        summary: 'Say in words what a file shows, before it is sent',
      },
    })
    .use(limited('change'))
    .input(describeInput)
    .output(attachment)
    .mutation(async ({ ctx, input }) => {
      const { lane, read } = ctx.services;
      const { attachmentId, description } = input;
      await lane.change(fileDescribed, { attachmentId, uploaderId: ctx.caller.id, description: description === '' ? null : description });
      const row = await attachmentById(read, attachmentId, ctx.caller.id);
      if (row === undefined) throw new Refusal('NOT_FOUND'); // swept meanwhile
      const { thumbnail_width: width, thumbnail_height: height } = row;
      const thumbnail = width === null || height === null ? null : { width, height };
      return attachmentView({ ...row, id: attachmentId, size: Number(row.size), thumbnail }, row.created_at);
    }),
});
