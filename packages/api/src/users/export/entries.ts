import type { Page } from '@koreromai/contract';
import { limits } from '@koreromai/contract';
import { standingOf } from '@koreromai/db';
import type { Caller, Context } from '../../context.ts';
import { conversationViews } from '../../conversations/view.ts';
import { appRouter } from '../../root.ts';
import { createCallerFactory } from '../../trpc.ts';
import { filesOf } from './files.ts';
import { messagesOf } from './messages.ts';

/** One file of an export. Its name is ours, never a user's. */
export interface Entry {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** It is small already. */
  readonly packed?: boolean;
}

const callerFor = createCallerFactory(appRouter);
const utf8 = new TextEncoder();
const atOnce = 50;

/**
 * U8: everything a person can see now, one file after another, read only as fast as they are taken: what they are, whom they are
 * tied to, every conversation they are in, its messages as H1 shows them, and the files of these. What they lose while it runs is
 * left out from there on.
 */
export async function* exportEntries(ctx: Context & { readonly caller: Caller }): AsyncGenerator<Entry, void> {
  const { services, caller } = ctx;
  const api = callerFor(ctx);
  yield { name: 'profile.json', bytes: one(await api.users.me()) };
  const lists: Record<string, (input: { cursor?: string; limit: number }) => Promise<Page<unknown>>> = {
    sessions: api.auth.sessions,
    contacts: api.contacts.list,
    follows: api.follows.list,
    blocks: api.blocks.list,
    refusals: api.refusals.list,
    bots: api.bots.list,
  };
  for (const [name, list] of Object.entries(lists)) yield { name: `${name}.json`, bytes: array(paging(list)) };

  const ids = [...(await standingOf(services.read, caller.id)).keys()].toSorted();
  yield { name: 'conversations.json', bytes: array(conversations(ctx, ids)) };
  const room = { files: limits.export.files, bytes: limits.export.fileBytes };
  const leftOut: string[] = [];
  for (const id of ids) {
    const carried: string[] = [];
    yield { name: `conversations/${id}/messages.ndjson`, bytes: messagesOf(services.read, caller.id, id, carried) };
    yield* filesOf(services, caller.id, carried, room, leftOut);
  }
  if (leftOut.length > 0) yield { name: 'left-out.json', bytes: one(leftOut.map((id) => `/api/v1/attachments/${id}`)) };
}

/** What is closed for everyone shows nothing any more. */
async function* conversations({ services, caller }: Context & { readonly caller: Caller }, ids: readonly string[]) {
  for (let from = 0; from < ids.length; from += atOnce) {
    const views = await conversationViews(services, caller.id, ids.slice(from, from + atOnce));
    yield* views.filter((view) => view.state !== 'closed');
  }
}

async function* paging<Item>(list: (input: { cursor?: string; limit: number }) => Promise<Page<Item>>): AsyncGenerator<Item, void> {
  let cursor: string | null | undefined;
  do {
    const page = await list({ ...(cursor ? { cursor } : {}), limit: limits.page.max });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor);
}

async function* one(value: unknown) {
  yield utf8.encode(`${JSON.stringify(value, null, 2)}\n`);
}

async function* array(items: AsyncIterable<unknown>) {
  let before = '[\n';
  for await (const item of items) {
    yield utf8.encode(`${before}${JSON.stringify(item)}`);
    before = ',\n';
  }
  yield utf8.encode(before === '[\n' ? '[]\n' : '\n]\n');
}
