import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Act, audit } from '../../admin/audit.ts';

interface Exported {
  readonly act: Act;
  /** Of what is written down. */
  readonly id: string;
  readonly userId: string;
}

/** K6: writes down that somebody took everything they see, before they get any of it. */
export const userExported = changeKind<Exported, void>()({
  name: 'user.exported',
  alone: false,
  streams: () => [],
  lookups: (inputs) => ({
    written: lookup(
      'audit',
      ['id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.id)]),
    ),
  }),
  facts: (found) => found.written,
  decide({ act, id, userId }, written, draft) {
    if (written.some((row) => row.id.equals(bytesOf(id)))) return; // a rerun after a lost answer
    audit(draft, act, { id, action: 'user.exported', target: userId });
  },
});
