import { bytesOf, idOf, type Lookup, locked, lookup, type MailState, type Stored } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

/** Milliseconds between the end of one mail and the next: any three then span more than a second (N4). */
export const pauseAfter = 510;

type GateRow = Pick<Stored<'mail_gate'>, 'opens_at' | 'holder' | 'lease_until'>;
type MailRow = Pick<Stored<'mail'>, 'id' | 'state' | 'run_after' | 'attempts' | 'holder'>;

const gate = (): Lookup<GateRow> => locked(lookup('mail_gate', ['opens_at', 'holder', 'lease_until'], ['name'], [['mail']]));
const mails = (ids: readonly string[]): Lookup<MailRow> =>
  locked(
    lookup(
      'mail',
      ['id', 'state', 'run_after', 'attempts', 'holder'],
      ['id'],
      ids.map((id) => [bytesOf(id)]),
    ),
  );
const isHeldBy = (row: { readonly holder: Buffer | null } | undefined, holder: string) =>
  row !== undefined && row.holder !== null && idOf(row.holder) === holder;

interface Taking {
  readonly holder: string;
  readonly mailId: string;
  /** The gate's clock, the same for all processes: read before the change, so it is never ahead. */
  readonly at: number;
  readonly leaseFor: number;
}

/** The mail is ours to send, or how many milliseconds the gate stays shut; 0 when another took the mail meanwhile. */
export type Taken = { readonly go: true; readonly attempt: number } | { readonly go: false; readonly wait: number };

/** Takes the gate and the mail together: one mail is on the wire at a time, among all processes. */
export const gateTaken = changeKind<Taking, Taken>()({
  name: 'mail.taken',
  alone: true,
  streams: () => [],
  lookups: (inputs) => ({ gate: gate(), mails: mails(inputs.map((i) => i.mailId)) }),
  facts: (found) => ({ gate: found.gate[0], mail: found.mails[0] }),
  decide({ holder, mailId, at, leaseFor }, { gate: row, mail }, draft): Taken {
    if (!row) throw new Error('The row of mail_gate is missing: this database was restored in part.');
    if (isHeldBy(row, holder) && isHeldBy(mail, holder)) return { go: true, attempt: mail?.attempts ?? 1 }; // a rerun after a lost answer
    if (row.holder !== null && Number(row.lease_until) > at) return { go: false, wait: Number(row.lease_until) - at };
    if (Number(row.opens_at) > at) return { go: false, wait: Number(row.opens_at) - at };
    if (mail?.state !== 'queued' || Number(mail.run_after) > draft.now) return { go: false, wait: 0 };
    const attempt = mail.attempts + 1;
    const until = draft.now + leaseFor;
    draft.update('mail_gate', { holder: bytesOf(holder), lease_until: at + leaseFor }, { name: 'mail' });
    draft.update('mail', { holder: bytesOf(holder), lease_until: until, run_after: until, attempts: attempt }, { id: bytesOf(mailId) });
    return { go: true, attempt };
  },
});

interface Leaving {
  readonly holder: string;
  readonly mailId: string;
  /** By the gate's clock; null when nothing was on the wire. */
  readonly opensAt: number | null;
  readonly state: MailState;
  /** For a mail that stays queued. */
  readonly runAfter?: number;
  readonly why: string | null;
}

/** Notes what became of the mail and shuts the gate behind it. Whoever was overtaken changes nothing. */
export const gateLeft = changeKind<Leaving, void>()({
  name: 'mail.left',
  alone: false,
  streams: () => [],
  lookups: (inputs) => ({ gate: gate(), mails: mails(inputs.map((i) => i.mailId)) }),
  facts: (found) => ({ gate: found.gate[0], mails: new Map(found.mails.map((m) => [idOf(m.id), m])) }),
  decide({ holder, mailId, opensAt, state, runAfter, why }, facts, draft) {
    if (isHeldBy(facts.gate, holder)) {
      draft.update('mail_gate', { holder: null, lease_until: 0, ...(opensAt === null ? {} : { opens_at: opensAt }) }, { name: 'mail' });
    }
    if (!isHeldBy(facts.mails.get(mailId), holder)) return;
    const after = runAfter === undefined ? {} : { run_after: runAfter };
    const sent = state === 'sent' ? { sent_at: draft.now } : {};
    draft.update('mail', { state, holder: null, lease_until: null, last_error: why, ...after, ...sent }, { id: bytesOf(mailId) });
  },
});
