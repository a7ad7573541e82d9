import type { Relation, User } from '@koreromai/contract';
import { useClient, useState } from '../session/session.tsx';
import { createAsked } from '../ui/asked.ts';

const circles = ['contacts', 'follows', 'blocks'] as const;

/** How everybody stands to me: asked for once, then told by events. */
export function createStandings() {
  const client = useClient();
  const relations = useState((state) => state.relations);
  const session = useState((state) => state.sessionId);
  const loading = createAsked(session, async () => {
    await Promise.all(circles.map((circle) => client.loadRelations(circle)));
    return true;
  });
  const all = () => Object.values(relations()).toSorted((a, b) => a.user.name.localeCompare(b.user.name));
  const of = (user: User): Relation =>
    relations()[user.id] ?? { user, contact: 'none', following: false, followsMe: false, blocked: false };
  return { loading, all, of };
}
