import { emailKeyOf, id as idSchema, Refusal, usernameKeyOf } from '@koreromai/contract';
import { type AccountRow, accounts, idOf, peopleById, type Reader } from '@koreromai/db';

export interface Resolved {
  /** Accounts, each once, without the caller. */
  readonly people: (Pick<AccountRow, 'id' | 'email'> & { readonly as: string[] })[];
  /** Addresses nobody has an account with, each once. */
  readonly unknown: string[];
  /** The caller was among those named. */
  readonly self: boolean;
}

/**
 * C1: merges ids, usernames and addresses, drops repeats and the caller; `as` is how a person was named. An unknown username or
 * id names nobody: NOT_FOUND; what is neither is BAD_INPUT with its place. The id of a deleted account is somebody still: whether
 * they can be added is for the change to say, in the words it has for everyone.
 */
export async function resolvePeople(read: Reader, callerId: string, names: readonly string[], field: string): Promise<Resolved> {
  const by = { ids: new Map<string, string[]>(), emails: new Map<string, string[]>(), usernames: new Map<string, string[]>() };
  const note = (kind: keyof typeof by, key: string, name: string) => by[kind].set(key, [...(by[kind].get(key) ?? []), name]);
  names.forEach((name, i) => {
    const id = idSchema.safeParse(name);
    const email = emailKeyOf(name);
    if (id.success) note('ids', id.data, name);
    else if (name.startsWith('@')) note('usernames', usernameKeyOf(name.slice(1)), name);
    else if (email !== null) note('emails', email, name);
    else
      throw new Refusal('BAD_INPUT', {
        fields: { [names.length === 1 ? field : `${field}.${i}`]: 'must be an e-mail address, @username or id' },
      });
  });
  const rows = await accounts(read, { ids: [...by.ids.keys()], emails: [...by.emails.keys()], usernames: [...by.usernames.keys()] });
  const living = new Map(rows.map((r) => [idOf(r.id), r]));
  const gone = await peopleById(
    read,
    [...by.ids.keys()].filter((id) => !living.has(id)),
  );
  if (by.ids.size > gone.length + [...by.ids.keys()].filter((id) => living.has(id)).length) throw new Refusal('NOT_FOUND');
  if ([...by.usernames.keys()].some((u) => !rows.some((r) => r.username === u))) throw new Refusal('NOT_FOUND');
  const named = (id: string, row?: AccountRow) => [
    ...(by.ids.get(id) ?? []),
    ...(by.usernames.get(row?.username ?? '') ?? []),
    ...(by.emails.get(row?.email ?? '') ?? []),
  ];
  const people = [
    ...[...living].map(([id, row]) => ({ id: row.id, email: row.email, as: named(id, row) })),
    ...gone.map(({ id }) => ({ id, email: null, as: named(idOf(id)) })),
  ];
  const unknown = [...by.emails.keys()].filter((e) => !rows.some((r) => r.email === e));
  return { people: people.filter((p) => idOf(p.id) !== callerId), unknown, self: living.has(callerId) };
}
