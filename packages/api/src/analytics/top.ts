import { type AnalyticsInput, type Page, Refusal, type TopConversation, type TopUser } from '@koreromai/contract';
import {
  type CountedConversation,
  idOf,
  membersOf,
  type Ranked,
  type Segment,
  segmentsOf,
  topConversations,
  topUsers,
} from '@koreromai/db';
import { z } from 'zod';
import type { Caller } from '../context.ts';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { userView } from '../users/view.ts';
import { rangeOf } from './range.ts';
import { type Scope, scopeOf } from './scope.ts';

/** `until`: further pages count what was there when the first was read, so that nobody climbs past the cursor meanwhile. */
const rankedKey = z.object({ until: z.int(), messages: z.int(), name: z.string(), id: z.string() });

interface Row {
  readonly id: Buffer;
  readonly name: string;
  readonly messages: number;
}
type Rows<R> = (scope: Scope, segments: readonly Segment[], beyond: Ranked | null, count: number) => Promise<R[]>;

/** A page of a top list: most messages first, then by name, then by id. */
async function ranking<R extends Row>(
  services: Services,
  caller: Caller,
  list: string,
  input: AnalyticsInput,
  rows: Rows<R>,
): Promise<Page<R>> {
  const { from, to } = rangeOf(input);
  const scope = await scopeOf(services, caller, input);
  let until = services.now() + 1;
  return paged({
    seal: services.seal,
    list: `${list} ${caller.id} ${from} ${to} ${input.conversationId}`,
    key: rankedKey,
    ...{ cursor: input.cursor, limit: input.limit },
    rows: (beyond, count) => {
      until = beyond?.until ?? until;
      const span = beyond === null ? { from, to } : { from, to: Math.min(to ?? until, until) };
      return rows(scope, segmentsOf(span, scope.foldedUntil), beyond, count);
    },
    keyOf: (row) => ({ until, messages: Number(row.messages), name: row.name, id: idOf(row.id) }),
  });
}

export async function topUsersPage(services: Services, caller: Caller, input: AnalyticsInput): Promise<Page<TopUser>> {
  const page = await ranking(services, caller, 'top users', input, (scope, segments, beyond, count) =>
    topUsers(services.db.side, { conversations: scope.conversations, segments }, beyond, count),
  );
  return { ...page, items: page.items.map((row) => ({ user: userView(row.id, row), messages: Number(row.messages) })) };
}

export async function topConversationsPage(services: Services, caller: Caller, input: AnalyticsInput): Promise<Page<TopConversation>> {
  const page = await ranking(services, caller, 'top conversations', input, (scope, segments, beyond, count) =>
    topConversations(
      services.db.side,
      { id: caller.id, admin: scope.admin },
      { conversations: scope.conversations, segments },
      beyond,
      count,
    ),
  );
  const names = await othersIn(services, caller.id, page.items);
  return {
    ...page,
    items: page.items.map((row) => {
      const id = idOf(row.id);
      return { conversation: { id, kind: kindOf(row.kind), name: row.name || (names.get(id) ?? '') }, messages: Number(row.messages) };
    }),
  };
}

/** A group without a name is called after the others in it. */
async function othersIn({ read }: Services, viewerId: string, rows: readonly CountedConversation[]): Promise<Map<string, string>> {
  const unnamed = rows.filter((row) => row.name === '').map((row) => idOf(row.id));
  const names = new Map(unnamed.map((id): [string, string[]] => [id, []]));
  for (const row of await membersOf(read, unnamed)) {
    if (idOf(row.user_id) !== viewerId) names.get(idOf(row.conversation_id))?.push(userView(row.user_id, row).name);
  }
  return new Map([...names].map(([id, others]) => [id, others.join(', ')]));
}

function kindOf(kind: string): TopConversation['conversation']['kind'] {
  if (kind === 'direct' || kind === 'group' || kind === 'room') return kind;
  throw new Refusal('INTERNAL');
}
