import { emailKeyOf, id as idSchema, Refusal, usernameKeyOf } from '@koreromai/contract';
import { type AccountRow, accounts, idOf, type Reader } from '@koreromai/db';

export interface Resolved {
  /** Accounts, each once, without the caller. */
  readonly people: AccountRow[];
  /** Addresses nobody has an account with, each once. */
  readonly unknown: string[];
  /** The caller was among those named. */
  readonly self: boolean;
}

/**
 * C1: merges ids, usernames and addresses, drops repeats and the caller. An unknown username or id names nobody:
 * NOT_FOUND; what is neither is BAD_INPUT with its place.
 */
export async function resolvePeople(read: Reader, callerId: string, names: readonly string[], field: string): Promise<Resolved> {
  const by = { ids: new Set<string>(), emails: new Set<string>(), usernames: new Set<string>() };
  names.forEach((name, i) => {
    const id = idSchema.safeParse(name);
    const email = emailKeyOf(name);
    if (id.success) by.ids.add(id.data);
    else if (name.startsWith('@')) by.usernames.add(usernameKeyOf(name.slice(1)));
    else if (email !== null) by.emails.add(email);
    else
      throw new Refusal('BAD_INPUT', {
        fields: { [names.length === 1 ? field : `${field}.${i}`]: 'must be an e-mail address, @username or id' },
      });
  });
  const rows = await accounts(read, { ids: [...by.ids], emails: [...by.emails], usernames: [...by.usernames] });
  const found = new Map(rows.map((r) => [idOf(r.id), r]));
  const missing = [...by.ids].some((id) => !found.has(id)) || [...by.usernames].some((u) => !rows.some((r) => r.username === u));
  if (missing) throw new Refusal('NOT_FOUND');
  const unknown = [...by.emails].filter((e) => !rows.some((r) => r.email === e));
  return { people: [...found].filter(([id]) => id !== callerId).map(([, row]) => row), unknown, self: found.has(callerId) };
}
