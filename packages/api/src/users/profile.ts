import { Refusal } from '@koreromai/contract';
import { bytesOf, handleOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Act, actorMay, actorRole, audit } from '../admin/audit.ts';
import { queueJob } from '../jobs/changes.ts';
import { takeHandle, writeWords } from './names.ts';

export interface ProfileUpdate {
  readonly act: Act;
  readonly userId: string;
  readonly name?: string | undefined;
  readonly username?: string | undefined;
  readonly bio?: string | undefined;
  /** Of the job that tells the others. */
  readonly jobId: string;
}

/** R010: a person's own, that of a bot of theirs, or anybody's for a site admin. The own devices hear of it here, everyone else through the job. */
export const profileChanged = changeKind<ProfileUpdate, { changed: boolean }>()({
  name: 'profile.changed',
  alone: true,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    actor: actorRole(inputs.map((i) => i.act)),
    person: lookup(
      'user',
      ['username', 'name', 'bio', 'deleted_at', 'owner_id'],
      ['id'],
      inputs.map((i) => [bytesOf(i.userId)]),
    ),
    handle: lookup(
      'handle',
      ['user_id'],
      ['skeleton_hash'],
      inputs.flatMap((i) => (i.username === undefined ? [] : [[handleOf(i.username)]])),
    ),
  }),
  facts: (found) => ({ actor: found.actor, person: found.person[0], handle: found.handle[0] }),
  decide(input, { actor, person, handle }, draft) {
    const { act, userId } = input;
    if (!person || person.deleted_at !== null) throw new Refusal('NOT_FOUND');
    const own = act.actorId === userId || (person.owner_id !== null && idOf(person.owner_id) === act.actorId);
    if (!own) actorMay(act, actor, 'admin');
    const { name = person.name, username = person.username, bio = person.bio } = input;
    if (name === person.name && username === person.username && bio === person.bio) return { changed: false };
    if (handle && (handle.user_id === null || idOf(handle.user_id) !== userId))
      throw new Refusal('USERNAME_TAKEN', { fields: { username: 'is taken' } });
    if (username !== person.username && !handle) takeHandle(draft, userId, username);
    draft.update('user', { name, username, bio }, { id: bytesOf(userId) });
    draft.delete('user_word', { user_id: bytesOf(userId) });
    writeWords(draft, userId, name, username);
    if (!own) audit(draft, act, { action: 'user.changed', target: userId });
    draft.event({ stream: userId, type: 'me.changed', actor: act.actorId });
    queueJob(draft, { id: input.jobId, kind: 'profile.tell', subject: userId });
    return { changed: true };
  },
});
