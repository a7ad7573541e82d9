import { z } from 'zod';

/** Any id on the wire: a UUID in lower case. Ours are version 7, so they sort by birth; a sender's own may be any version. */
export const id = z
  .uuid({ error: 'must be a UUID' })
  .toLowerCase()
  .meta({ description: 'A UUID in lower case', examples: ['019aa3c5-2f70-7e1b-9c44-5d0f6b7a8e21'] });
export type Id = string;

/** A place in the log, sealed by the server: opaque, safe to store, the same for every subscriber. */
export const sealedPos = z.string().min(1).max(64).meta({ description: 'A place in the log, sealed' });

/** RFC 3339 in UTC with milliseconds, e.g. `2026-11-21T03:41:46.000Z`. */
export const instant = z.iso
  .datetime({ precision: 3 })
  .meta({ description: 'RFC 3339, UTC, milliseconds', examples: ['2026-11-21T03:41:46.000Z'] });

/** A number in a stream: 1, 2, 3 … without gaps. 0 means "before the first". */
export const seq = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
