import {
  circleInput,
  contactAnswer,
  contactInput,
  otherInput,
  type Page,
  pageOf,
  Refusal,
  type Relation,
  relation,
} from '@koreromai/contract';
import { blockPage, contactPage, directIdOf, followPage, idOf, type Reader } from '@koreromai/db';
import { z } from 'zod';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { authed, limited, router } from '../trpc.ts';
import { resolvePeople } from '../users/resolve.ts';
import { blockChanged } from './blocks.ts';
import { type ContactStep, contactChanged } from './contacts.ts';
import { followChanged } from './follows.ts';
import { relationOf, relationsOf } from './view.ts';

async function block(services: Services, userId: string, otherId: string, on: boolean): Promise<void> {
  let directId = await directIdOf(services.read, userId, otherId);
  for (;;) {
    const { stale } = await services.lane.change(blockChanged, { userId, otherId, directId, on });
    if (stale === null) return;
    directId = stale; // the chat began while the block was on its way
  }
}

async function follow(services: Services, userId: string, otherId: string, on: boolean): Promise<void> {
  await services.lane.change(followChanged, { userId, otherId, directId: await directIdOf(services.read, userId, otherId), on });
}

async function contact(services: Services, userId: string, otherId: string, step: ContactStep['step']): Promise<void> {
  await services.lane.change(contactChanged, { userId, otherId, directId: await directIdOf(services.read, userId, otherId), step });
}

type Rows = (read: Reader, userId: string, after: string | null, limit: number) => Promise<{ other: Buffer }[]>;

/** One page of people tied to the caller, by id. */
async function circlePage(
  services: Services,
  name: string,
  userId: string,
  input: z.output<typeof circleInput>,
  rows: Rows,
): Promise<Page<Relation>> {
  const page = await paged({
    seal: services.seal,
    list: `${name} ${userId}`,
    key: z.string(),
    ...{ cursor: input.cursor, limit: input.limit },
    rows: (after, count) => rows(services.read, userId, after, count),
    keyOf: (row) => idOf(row.other),
  });
  const others = page.items.map((row) => idOf(row.other));
  return { ...page, items: await relationsOf(services.read, userId, others) };
}

/** B4: people who both agreed, and the requests that wait. */
export const contactsRouter = router({
  list: authed
    .meta({ rest: { method: 'GET', path: '/contacts', summary: 'List my contacts and the requests that wait' } })
    .input(circleInput)
    .output(pageOf(relation))
    .query(({ ctx, input }) => circlePage(ctx.services, 'contacts', ctx.caller.id, input, contactPage)),

  request: authed
    .meta({ rest: { method: 'POST', path: '/contacts', status: 201, summary: 'Ask somebody to be a contact' } })
    .use(limited('change'))
    .use(limited('lookUp'))
    .use(limited('lookUpDaily'))
    .input(contactInput)
    .output(relation)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      const { people, self } = await resolvePeople(services.read, caller.id, [input.person], 'person');
      if (self) throw new Refusal('BAD_INPUT', { fields: { person: 'must be somebody else' } });
      const [other] = people;
      if (!other) throw new Refusal('NOT_FOUND');
      await contact(services, caller.id, idOf(other.id), 'request');
      return relationOf(services.read, caller.id, idOf(other.id));
    }),

  answer: authed
    .meta({ rest: { method: 'PATCH', path: '/contacts/{userId}', summary: 'Accept or decline a request' } })
    .use(limited('change'))
    .input(contactAnswer)
    .output(relation)
    .mutation(async ({ ctx, input }) => {
      const { services, caller } = ctx;
      await contact(services, caller.id, input.userId, input.accept ? 'accept' : 'decline');
      const now = await relationOf(services.read, caller.id, input.userId);
      return input.accept ? now : { ...now, contact: 'declined' as const };
    }),

  /** Ends a contact, takes a request back, or declines one. Twice is no mistake. */
  remove: authed
    .meta({ rest: { method: 'DELETE', path: '/contacts/{userId}', summary: 'End a contact or take a request back' } })
    .use(limited('change'))
    .input(otherInput)
    .output(z.void())
    .mutation(({ ctx, input }) => contact(ctx.services, ctx.caller.id, input.userId, 'remove')),
});

/** B5: whom I follow. */
export const followsRouter = router({
  list: authed
    .meta({ rest: { method: 'GET', path: '/follows', summary: 'List whom I follow' } })
    .input(circleInput)
    .output(pageOf(relation))
    .query(({ ctx, input }) => circlePage(ctx.services, 'follows', ctx.caller.id, input, followPage)),

  add: authed
    .meta({ rest: { method: 'PUT', path: '/follows/{userId}', summary: 'Follow somebody' } })
    .use(limited('change'))
    .input(otherInput)
    .output(z.void())
    .mutation(({ ctx, input }) => follow(ctx.services, ctx.caller.id, input.userId, true)),

  remove: authed
    .meta({ rest: { method: 'DELETE', path: '/follows/{userId}', summary: 'Follow somebody no longer' } })
    .use(limited('change'))
    .input(otherInput)
    .output(z.void())
    .mutation(({ ctx, input }) => follow(ctx.services, ctx.caller.id, input.userId, false)),
});

/** B1: whom I block. Nothing of it ever reaches them. */
export const blocksRouter = router({
  list: authed
    .meta({ rest: { method: 'GET', path: '/blocks', summary: 'List whom I block' } })
    .input(circleInput)
    .output(pageOf(relation))
    .query(({ ctx, input }) => circlePage(ctx.services, 'blocks', ctx.caller.id, input, blockPage)),

  add: authed
    .meta({ rest: { method: 'PUT', path: '/blocks/{userId}', summary: 'Block somebody' } })
    .use(limited('change'))
    .input(otherInput)
    .output(z.void())
    .mutation(({ ctx, input }) => block(ctx.services, ctx.caller.id, input.userId, true)),

  remove: authed
    .meta({ rest: { method: 'DELETE', path: '/blocks/{userId}', summary: 'Lift a block' } })
    .use(limited('change'))
    .input(otherInput)
    .output(z.void())
    .mutation(({ ctx, input }) => block(ctx.services, ctx.caller.id, input.userId, false)),
});
