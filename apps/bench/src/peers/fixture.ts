import { readFileSync } from 'node:fs';

/** What a peer is told of the people: who holds which token, and who is in which chat. */
export interface Known {
  readonly people: readonly { readonly id: string; readonly token: string }[];
  readonly chats: readonly { readonly id: string; readonly members: readonly string[] }[];
}

/** Token → person, and chat → the persons in it, as every peer keeps them in memory. */
export function readKnown(file: string) {
  const known: Known = JSON.parse(readFileSync(file, 'utf8'));
  return {
    byToken: new Map(known.people.map((p) => [p.token, p.id])),
    chats: new Map(known.chats.map((c) => [c.id, c.members])),
    chatsOf: known.chats.reduce((map, { id, members }) => {
      for (const member of members) map.set(member, [...(map.get(member) ?? []), id]);
      return map;
    }, new Map<string, string[]>()),
  };
}

export const bearerOf = (header: string | undefined): string => /^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '';
