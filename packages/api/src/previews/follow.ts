import { idOf, messagesToIndex, newId, type Reader } from '@koreromai/db';
import type { FollowerOptions } from '@koreromai/realtime';
import { queueJob } from '../jobs/changes.ts';
import { linksIn } from './links.ts';

/** The follower that queues the fetching of what messages link to; it never asks anybody itself. Begins with what happens from now on. */
export const previewFollower = (read: Reader): Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch'> => ({
  name: 'previews',
  start: 'head',
  batch: 100,
  async handle(events) {
    const told = events.filter((e) => e.type === 'message.created' || e.type === 'message.updated');
    const ids = [...new Set(told.flatMap((e) => e.subject ?? []))];
    const messages = await messagesToIndex(read, ids);
    const jobs = messages.flatMap(({ id, author_id, text, deleted_at }) => {
      const urls = text === null || deleted_at !== null ? [] : linksIn(text).map((link) => link.url);
      return urls.length === 0 ? [] : [{ id: newId(), kind: 'preview.fetch', subject: idOf(id), data: { userId: idOf(author_id), urls } }];
    });
    return jobs.length === 0 ? undefined : (draft) => jobs.forEach((job) => void queueJob(draft, job));
  },
});
