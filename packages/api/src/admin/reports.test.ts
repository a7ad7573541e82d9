import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('reports', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'marama', 'mia', 'tama']);

  test('2.4, P1: moderators see the reported message with its reporter and nothing else of the chat, delete it, and resolve the report', async () => {
    await cast.root.api.admin.updateUser({ userId: cast.marama.id, role: 'moderator' });
    const { id: conversationId } = await cast.world.direct(cast.mia, cast.tama);
    const { message } = await cast.mia.api.messages.post({ conversationId, text: 'something bad' });
    const kept = await cast.mia.api.messages.post({ conversationId, text: 'something private' });
    await cast.tama.api.messages.report({ messageId: message.id, reason: 'Please look.' });
    await cast.tama.api.messages.report({ messageId: message.id, reason: 'Please look again.' });

    const { items } = await cast.marama.api.admin.reports({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      message: { id: message.id, conversationId, author: { id: cast.mia.id }, text: 'something bad' },
      reporter: { id: cast.tama.id },
      reason: 'Please look.',
      resolvedAt: null,
    });
    expect(JSON.stringify(items)).not.toMatch(/something private|@example/);
    for (const who of [cast.marama, cast.root]) {
      const private_ = [
        who.api.conversations.get({ conversationId }),
        who.api.messages.list({ conversationId }),
        who.api.messages.get({ messageId: kept.message.id }),
        who.api.messages.get({ messageId: message.id }),
        who.api.members.list({ conversationId }),
        who.api.messages.post({ conversationId, text: 'hello' }),
      ];
      expect(await Promise.all(private_.map(verdict))).toEqual(private_.map(() => 'NOT_FOUND'));
    }
    const reportId = items[0]?.id ?? '';
    const done = await cast.marama.api.admin.resolveReport({ reportId, resolved: true });
    expect(done.resolvedAt).toBe(new Date(cast.world.clock.now).toISOString());
    await cast.marama.api.admin.resolveReport({ reportId, resolved: true });
    const entries = (await cast.root.api.admin.audit({})).items.filter((e) => e.action === 'report.resolved');
    expect(entries.map((e) => [e.actor?.id, e.targetId, e.detail])).toEqual([[cast.marama.id, reportId, { resolved: true }]]);
    expect((await cast.marama.api.admin.resolveReport({ reportId, resolved: false })).resolvedAt).toBeNull();
    await cast.marama.api.admin.deleteReported({ reportId });
    await cast.marama.api.admin.deleteReported({ reportId }); // twice is no mistake
    expect((await cast.marama.api.admin.reports({})).items).toMatchObject([{ kind: 'message', message: { text: null } }]);
    expect((await cast.root.api.admin.audit({})).items.filter((e) => e.action === 'message.deleted').map((e) => e.targetId)).toEqual([
      message.id,
    ]);
    expect((await cast.tama.api.messages.list({ conversationId })).items.map((m) => m.text)).toEqual(['something private', null]);
    expect(await verdict(cast.marama.api.messages.delete({ messageId: kept.message.id })), 'not reported').toBe('NOT_FOUND');
  });

  test('2.4, UI40: a reported person stands in the same list, once for each reporter until somebody has looked, and is never told', async () => {
    const { root, marama, mia, tama, world } = cast;
    await root.api.admin.updateUser({ userId: marama.id, role: 'moderator' });
    for (const { id } of (await root.api.admin.reports({})).items) await root.api.admin.resolveReport({ reportId: id, resolved: true });
    const head = async () => (await mia.api.session.snapshot()).userSeq;
    const before = await head();
    await tama.api.users.report({ userId: mia.id, reason: ' Spam ' });
    await tama.api.users.report({ userId: mia.id, reason: 'Spam again' });
    await root.api.users.report({ userId: mia.id, reason: 'Me too' });
    expect(await head(), 'not told').toBe(before);
    const open = async () => (await marama.api.admin.reports({})).items.filter((each) => each.resolvedAt === null);
    const told = async () => (await open()).map((each) => [each.kind === 'person' && each.person.id, each.reporter.id, each.reason]);
    expect((await told()).sort((a, b) => (`${a[2]}` < `${b[2]}` ? -1 : 1))).toEqual([
      [mia.id, root.id, 'Me too'],
      [mia.id, tama.id, 'Spam'],
    ]);
    expect(JSON.stringify(await open())).not.toMatch(/@example/);
    const reportId = (await open()).find((each) => each.reporter.id === tama.id)?.id ?? '';
    const done = await marama.api.admin.resolveReport({ reportId, resolved: true });
    expect([done.kind, done.resolvedAt]).toEqual(['person', new Date(world.clock.now).toISOString()]);
    expect(await verdict(marama.api.admin.deleteReported({ reportId })), 'there is no message').toBe('NOT_FOUND');
    await tama.api.users.report({ userId: mia.id, reason: 'Once more' });
    expect(await told(), 'open again').toContainEqual([mia.id, tama.id, 'Once more']);
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await marama.api.admin.reports({
        limit: 1,
        ...(cursor && { cursor }),
      });
      for (const { id } of page.items) ids.add(id);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids.size, 'both kinds, one by one').toBe((await marama.api.admin.reports({})).items.length);
    expect(await verdict(mia.api.users.report({ userId: mia.id, reason: 'myself' }))).toBe('BAD_INPUT');
    expect(await verdict(mia.api.users.report({ userId: tama.id, reason: ' ' }))).toBe('BAD_INPUT');
    expect(await verdict(mia.api.users.report({ userId: crypto.randomUUID(), reason: 'nobody' }))).toBe('NOT_FOUND');
  });

  test('nobody below moderator sees or resolves a report, and one that is not there is NOT_FOUND', async () => {
    const reportId = crypto.randomUUID();
    expect(await verdict(cast.mia.api.admin.reports({}))).toBe('FORBIDDEN');
    expect(await verdict(cast.mia.api.admin.resolveReport({ reportId, resolved: true }))).toBe('FORBIDDEN');
    expect(await verdict(cast.root.api.admin.resolveReport({ reportId, resolved: true }))).toBe('NOT_FOUND');
    expect(await verdict(cast.world.anonymous.admin.reports({}))).toBe('UNAUTHENTICATED');
  });
});
