import type { Services } from '@koreromai/api';
import { invitationsRefused, subscriberOf, uninvitedOf, unsubscribed } from '@koreromai/mail';
import type { Hono } from 'hono';
import type { Env } from './app.ts';
import { boundBody } from './body-bound.ts';
import { problem } from './problem.ts';

/**
 * The link at the end of a mail. Looking at it changes nothing, because mail readers and scanners look; its button, and the one click that
 * mail programs offer (RFC 8058), end the mails of the person, or the invitations to the address, it was made for. The token alone is the right to do so, whoever sends the form.
 */
export function mountUnsubscribe(app: Hono<Env>, services: Services): void {
  const { lane, db } = services;
  const doorOf = (token: string): Door | null => {
    const userId = subscriberOf(db.secret, token);
    if (userId !== null) return { ...chats, shut: () => lane.change(unsubscribed, { userId }) };
    const addressId = uninvitedOf(db.secret, token);
    return addressId === null ? null : { ...invitations, shut: () => lane.change(invitationsRefused, { addressId }) };
  };
  app.use('/unsubscribe/:token', boundBody(4_096));
  app.get('/unsubscribe/:token', (c) => {
    const door = doorOf(c.req.param('token'));
    return door === null ? problem('NOT_FOUND', c.get('requestId')) : c.html(door.asking);
  });
  app.post('/unsubscribe/:token', async (c) => {
    const door = doorOf(c.req.param('token'));
    await c.req.arrayBuffer(); // so that a body without end meets its bound
    if (door === null) return problem('NOT_FOUND', c.get('requestId'));
    await door.shut();
    return c.html(door.done);
  });
}

interface Door {
  readonly asking: string;
  readonly done: string;
  readonly shut: () => Promise<void>;
}

const page = (title: string, rest: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1>${rest}</main></body>
</html>
`;

const chats = {
  asking: page('No more letters about chats?', '<form method="post"><button>Yes, no more letters</button></form>'),
  done: page('Done', '<p>You get no more letters about chats. Letters about your account still reach you.</p>'),
};
const invitations = {
  asking: page('No more invitations?', '<form method="post"><button>Yes, never write to this address again</button></form>'),
  done: page('Done', '<p>Nobody’s invitation is sent to this address any more. Who invites you can still give you a link by hand.</p>'),
};
