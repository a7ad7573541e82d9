import type { Reader } from '../orm.ts';

/** How far each follower of the log has come; one row for each that ever ran. */
export const followerPositions = (read: Reader) => read.selectFrom('follower').select(['name', 'pos']).orderBy('name').execute();
