import { newId } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { queueMail } from '../../mail/queue.ts';
import type { Fixtures } from './scene.ts';

const noticed = changeKind<{ id: string; userId: string; email: string }, void>()({
  name: 'test.noticed',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: (input, _facts, draft) => queueMail(draft, { ...input, kind: 'notice', data: { title: 'Pānui', lines: ['Kia ora.'] } }),
});

export const mailLists: Fixtures = {
  'mail.list': async ({ world, mia, tama }) => {
    const write = () => world.services.lane.change(noticed, { id: newId(world.clock.now), userId: tama.id, email: tama.email });
    for (let i = 0; i < 5; i++) await write();
    return { list: (input) => mia.api.mail.list(input as never), key: (m: { id: string }) => m.id, write, size: 5 };
  },
};
