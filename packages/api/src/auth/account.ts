import { Refusal, type SignUpInput } from '@koreromai/contract';
import { type AccountRow, bytesOf, newId } from '@koreromai/db';
import type { Services } from '../services.ts';
import { generateUsername } from '../users/names.ts';
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
  for (let tries = 0; ; tries++) {
    const username = input.username ?? generateUsername();
    try {
      const { role, createdAt } = await services.lane.change(accountMade, { id, email, name, username, passwordHash, session });
      return {
        id: bytesOf(id),
        username,
        name,
        bio: '',
        avatar_id: null,
        created_at: createdAt,
        deleted_at: null,
        email,
        role,
        suspended_at: null,
      };
    } catch (error) {
      const unlucky = error instanceof Refusal && error.code === 'USERNAME_TAKEN' && input.username === undefined && tries < 20;
      if (!unlucky) throw error;
    }
  }
}
