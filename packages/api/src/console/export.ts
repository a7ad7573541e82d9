import { randomUUID } from 'node:crypto';
import { type AccountRow, idOf } from '@koreromai/db';
import { atTheServer } from '../admin/audit.ts';
import type { Services } from '../services.ts';
import { exportZip } from '../users/export/export.ts';

/** U8: what `GET /users/me/export` would give this person, asked for at the server, without a session of theirs. */
export function exportOf(services: Services, account: AccountRow): Promise<AsyncGenerator<Uint8Array, void>> {
  const caller = { id: idOf(account.id), account, scopes: null, sessionId: randomUUID(), revoked: () => false, used: () => {} };
  const { address } = atTheServer;
  const ctx = {
    services,
    transport: 'http' as const,
    caller,
    address,
    userAgent: 'koreromai export',
    requestId: randomUUID(),
    keepToken: () => {},
  };
  return exportZip(ctx, atTheServer);
}
