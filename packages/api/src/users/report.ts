import { Refusal } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

interface PersonReport {
  readonly id: string;
  readonly userId: string;
  readonly reporterId: string;
  readonly reason: string;
}

/**
 * Asks the site's moderators to look at a person, who is never told. While they have not looked, the same reporter again changes
 * nothing; afterwards it is open again, with the new reason.
 */
export const personReported = changeKind<PersonReport, void>()({
  name: 'person.reported',
  alone: true,
  streams: (input) => [input.reporterId],
  lookups: (inputs) => ({
    people: lookup(
      'user',
      ['deleted_at'],
      ['id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
    before: lookup(
      'person_report',
      ['id', 'resolved_at'],
      ['user_id', 'reporter_id'],
      inputs.map((i) => [bytesOf(i.userId), bytesOf(i.reporterId)]),
    ),
  }),
  facts: (found) => ({ person: found.people[0], before: found.before[0] }),
  decide({ id, userId, reporterId, reason }, { person, before }, draft) {
    if (person === undefined || person.deleted_at !== null) throw new Refusal('NOT_FOUND');
    if (before !== undefined && before.resolved_at === null) return;
    const asked = { reason, created_at: draft.now, resolved_at: null, resolved_by: null };
    if (before !== undefined) return draft.update('person_report', asked, { id: before.id });
    draft.insert('person_report', { id: bytesOf(id), user_id: bytesOf(userId), reporter_id: bytesOf(reporterId), ...asked });
  },
});
