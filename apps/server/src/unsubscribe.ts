import type { Services } from '@koreromai/api';
import { subscriberOf, unsubscribed } from '@koreromai/mail';
import type { Hono } from 'hono';
import type { Env } from './app.ts';
import { boundBody } from './body-bound.ts';
import { problem } from './problem.ts';

/**
 * The link at the end of a mail. Looking at it changes nothing, because mail readers and scanners look; its button, and the one click that
 * mail programs offer (RFC 8058), end the mails of the person it was made for. The token alone is the right to do so, whoever sends the form.
 */
export function mountUnsubscribe(app: Hono<Env>, services: Services): void {
  app.use('/unsubscribe/:token', boundBody(4_096));
  app.get('/unsubscribe/:token', (c) => {
    const known = subscriberOf(services.db.secret, c.req.param('token')) !== null;
    return known ? c.html(asking) : problem('NOT_FOUND', c.get('requestId'));
  });
  app.post('/unsubscribe/:token', async (c) => {
    const userId = subscriberOf(services.db.secret, c.req.param('token'));
    await c.req.arrayBuffer(); // so that a body without end meets its bound
    if (userId === null) return problem('NOT_FOUND', c.get('requestId'));
    await services.lane.change(unsubscribed, { userId });
    return c.html(done);
  });
}

const page = (title: string, rest: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1>${rest}</main></body>
</html>
`;

const asking = page('No more letters about chats?', '<form method="post"><button>Yes, no more letters</button></form>');
const done = page('Done', '<p>You get no more letters about chats. Letters about your account still reach you.</p>');
