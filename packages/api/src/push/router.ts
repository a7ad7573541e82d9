import { pushKey, pushSubscribeInput, pushUnsubscribeInput, Refusal } from '@koreromai/contract';
import { z } from 'zod';
import { authed, limited, router } from '../trpc.ts';
import { pushSubscribed, pushUnsubscribed } from './changes.ts';
import { isPoint } from './encrypt.ts';
import { pushTargetOf } from './post.ts';

const path = '/me/push';

/** UI28: browsers that are told of messages while nobody is here. */
export const pushRouter = router({
  key: authed
    .meta({ rest: { method: 'GET', path: '/me/push/key', summary: 'What a browser subscribes to push messages with' } })
    .input(z.strictObject({}).optional())
    .output(pushKey)
    .query(({ ctx }) => ({ key: ctx.services.push.publicKey })),

  subscribe: authed
    .meta({ rest: { method: 'PUT', path, summary: 'Have this browser told of messages' } })
    .use(limited('change'))
    .input(pushSubscribeInput)
    .output(z.void())
    .mutation(async ({ ctx, input: { endpoint, keys, language } }) => {
      if (pushTargetOf(endpoint) === null)
        throw new Refusal('BAD_INPUT', { fields: { endpoint: 'must be an https address of a push service on the public Internet' } });
      if (!isPoint(keys.p256dh)) throw new Refusal('BAD_INPUT', { fields: { 'keys.p256dh': 'must be a point of P-256' } });
      const { id: userId, sessionId } = ctx.caller;
      await ctx.services.lane.change(pushSubscribed, { userId, sessionId, endpoint, ...keys, language });
    }),

  /** One's own; of somebody else's nothing is said and nothing is touched. */
  unsubscribe: authed
    .meta({ rest: { method: 'DELETE', path, from: 'body', summary: 'Have this browser told no more' } })
    .use(limited('change'))
    .input(pushUnsubscribeInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.lane.change(pushUnsubscribed, { userId: ctx.caller.id, endpoint: input.endpoint })),
});
