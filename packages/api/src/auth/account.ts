import type { SignUpInput } from '@koreromai/contract';
import { type AccountRow, bytesOf, newId } from '@koreromai/db';
import type { Services } from '../services.ts';
import { lucky } from '../users/names.ts';
import { accountMade, type NewSession } from './changes.ts';

/** Makes an account, with a username of ours when none was chosen, and the session that it begins with. Throws EMAIL_TAKEN and USERNAME_TAKEN. */
export async function makeAccount(
  services: Services,
  input: SignUpInput,
  sessionFor: (userId: string) => NewSession | null,
): Promise<AccountRow> {
  const { email, name } = input;
  services.passwords.check(input.password, { name, email, username: input.username ?? null }, 'password');
  const passwordHash = await services.passwords.hash(input.password);
  const id = newId(services.now());
  const session = sessionFor(id);
  return lucky(input.username, async (username) => {
    const { role, createdAt } = await services.lane.change(accountMade, { id, email, name, username, passwordHash, session });
    const nothing = { bio: '', avatar_id: null, bot: 0, deleted_at: null, suspended_at: null };
    return { id: bytesOf(id), username, name, created_at: createdAt, email, role, ...nothing };
  });
}
