import { sql } from 'kysely';
import { bytesOf } from '../../ids.ts';
import type { Reader } from '../../orm.ts';
import type { PersonRow } from '../people.ts';
import { type Counting, countsBy } from './counts.ts';

/** Where a page of a top list ended: most messages first, then by name, then by id. */
export interface Ranked {
  readonly messages: number;
  readonly name: string;
  readonly id: string;
}

const beyondSql = (beyond: Ranked | null) =>
  beyond === null
    ? sql`1 = 1`
    : sql`(messages < ${beyond.messages} or (messages = ${beyond.messages} and (name > ${beyond.name} or (name = ${beyond.name} and id > ${bytesOf(beyond.id)}))))`;

const ranking = sql`order by messages desc, name, id`;

/** Who wrote most, deleted people left out (U7). */
export async function topUsers(read: Reader, counting: Counting, beyond: Ranked | null, limit: number) {
  if (counting.conversations?.length === 0 || counting.segments.length === 0) return [];
  const { rows } = await sql<PersonRow & { messages: number }>`
    select * from (
      select u.id, u.username, u.name, u.bio, u.avatar_id, u.bot, u.created_at, u.deleted_at, c.messages from (${countsBy(read, 'author_id', counting)}) as c join ${sql.table('user')} as u on u.id = c.k
      where u.deleted_at is null
    ) as ranked where ${beyondSql(beyond)} ${ranking} limit ${limit}`.execute(read);
  return rows;
}

export interface CountedConversation {
  readonly id: Buffer;
  readonly kind: string;
  /** The chat's own name, or in a direct chat the other person's; '' where it has none. */
  readonly name: string;
  readonly messages: number;
}

/** The name that stands for a chat whose members alone may know it. */
const privateName = 'Private conversation';

/** Who looks, and whether they may see conversations that are not theirs. */
export interface Viewer {
  readonly id: string;
  readonly admin: boolean;
}

/** Where most was written. A site admin is told the names of their own chats and of listed rooms; all others stand as private. */
export async function topConversations(read: Reader, viewer: Viewer, counting: Counting, beyond: Ranked | null, limit: number) {
  if (counting.conversations?.length === 0 || counting.segments.length === 0) return [];
  const me = bytesOf(viewer.id);
  const inside = sql`exists (select 1 from span as s where s.conversation_id = c.id and s.user_id = ${me} and s.open = 1)`;
  const other = sql`(select case when u.deleted_at is null then u.name else 'Deleted user' end from span as s join ${sql.table('user')} as u on u.id = s.user_id
    where s.conversation_id = c.id and s.open = 1 and s.user_id <> ${me} order by s.user_id limit 1)`;
  const own = sql`coalesce(c.name, case when c.kind = 'direct' then ${other} end, '')`;
  const known = viewer.admin ? sql`(c.listed = 1 or ${inside})` : sql`1 = 1`;
  const { rows } = await sql<CountedConversation>`
    select id, kind, name, messages from (
      select c.id, c.kind, case when ${known} then ${own} else ${privateName} end as name, t.messages
      from (${countsBy(read, 'conversation_id', counting)}) as t join conversation as c on c.id = t.k
    ) as ranked where ${beyondSql(beyond)} ${ranking} limit ${limit}`.execute(read);
  return rows;
}
