import type { Person } from '../world.ts';
import type { Cast, Filled, Fixtures, Listed } from './scene.ts';

/** A list of people whom mia ties to herself. */
async function circle(
  { world, mia }: Cast,
  name: string,
  listOf: (api: Person['api']) => (input: never) => Promise<Listed>,
  tie: (api: Person['api'], other: Person) => Promise<unknown>,
): Promise<Filled> {
  const others = await world.people(...Array.from({ length: 7 }, (_, i) => `${name}${i}`));
  for (const other of others.slice(0, 5)) await tie(mia.api, other);
  const rest = others.slice(5);
  const write = async () => {
    const next = rest.pop();
    if (next) await tie(mia.api, next);
  };
  return { list: (input) => listOf(mia.api)(input as never), key: (r: { user: { id: string } }) => r.user.id, write, size: 5 };
}

export const circlesLists: Fixtures = {
  'blocks.list': (cast) =>
    circle(
      cast,
      'blocked',
      (api) => api.blocks.list,
      (api, other) => api.blocks.add({ userId: other.id }),
    ),
  'contacts.list': (cast) =>
    circle(
      cast,
      'asked',
      (api) => api.contacts.list,
      (api, other) => api.contacts.request({ person: other.email }),
    ),
  'follows.list': (cast) =>
    circle(
      cast,
      'followed',
      (api) => api.follows.list,
      (api, other) => api.follows.add({ userId: other.id }),
    ),
  'refusals.list': async ({ world, mia, tama, rangi }) => {
    const refuse = async () => {
      const { id } = await world.group(mia, [tama, rangi]);
      await rangi.api.conversations.leave({ conversationId: id, block: 'group' });
    };
    for (let i = 0; i < 5; i++) await refuse();
    return { list: (input) => rangi.api.refusals.list(input as never), key: (r: { id: string }) => r.id, write: refuse, size: 5 };
  },
};
