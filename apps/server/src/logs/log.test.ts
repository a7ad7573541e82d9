import { eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { startServer } from '../test/server.ts';
import { createLog } from './log.ts';

/** A log at its loudest, and everything it wrote. */
function written() {
  const lines: string[] = [];
  return { log: createLog('trace', { write: (line) => void lines.push(line) }), lines };
}

describe('the log', () => {
  test('K5: line breaks in what strangers send cannot forge a line', () => {
    const { log, lines } = written();
    log.warn({ route: 'x\n{"level":60,"msg":"forged"}\r\n' }, 'one\nline');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd().includes('\n')).toBe(false);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'one\nline' });
  });

  test('K5: an error is told by its kind, code and place, without the statement, values and answers that drivers hang on it', () => {
    const { log, lines } = written();
    const cause = Object.assign(new Error("Duplicate entry 'kererū@example.nz' for key 'user.email'"), {
      code: 'ER_DUP_ENTRY',
      sqlState: '23000',
      sqlMessage: "Duplicate entry 'kererū@example.nz'",
      sql: "insert into user values ('kererū')",
      parameters: ['kererū'],
    });
    const error = Object.assign(new Error('Broken pipe', { cause }), { code: 'EPIPE', request: { body: 'kererū' } });
    log.error({ err: error, requestId: 'r-1' }, 'Something the rules do not expect');
    expect(lines[0]).not.toContain('kererū');
    expect(lines[0]).not.toContain('insert into');
    const told = JSON.parse(lines[0] ?? '') as { err: { stack: string } };
    expect(told).toMatchObject({
      requestId: 'r-1',
      err: {
        type: 'Error',
        code: 'EPIPE',
        message: 'Broken pipe',
        cause: { code: 'ER_DUP_ENTRY', message: 'the database refused a statement' },
      },
    });
    expect(told.err.stack).toContain('log.test.ts');
  });

  test('K5: something thrown that is no error is told as that', () => {
    const { log, lines } = written();
    log.error({ err: 'kererū' }, 'x');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { type: 'string' } });
    expect(lines[0]).not.toContain('kererū');
  });
});

eachDatabase('a talk, logged at the loudest', (dialect) => {
  test('K5: no password, token, address, search, name or word of it is in the log, and every request is, with its id', async () => {
    const { log, lines } = written();
    const faulty = (error: unknown, requestId?: string) => log.error({ err: error, requestId }, 'Something the rules do not expect');
    await using server = await startServer({ dialect, serve: { log, onFault: faulty } });
    const [anahera, bea] = await server.people('anahera-kererū', 'bea');
    const group = await server.group(anahera, [bea.email, 'pending.kererū@example.nz'], 'kererū group');
    await server.ok('messages.post', { conversationId: group.id, id: crypto.randomUUID(), text: 'kererū words' }, anahera);
    await server.call('auth.signIn', { email: anahera.email, password: 'wrong kererū horse' });
    await server.call('auth.forgot', { email: anahera.email });
    await server.call('search.messages', { q: 'kererū' }, anahera);
    const rest = { headers: { authorization: `Bearer ${anahera.token}` } };
    await fetch(`${server.url}/api/v1/search?q=kerer%C5%AB`, rest);
    await fetch(`${server.url}/kerer%C5%AB/${anahera.token}?token=${anahera.token}`, rest);
    await fetch(`${server.url}/api/v1/invitations/kerer%C5%AB-token/accept`, { method: 'POST', ...rest });
    await server.services.read
      .selectFrom('user')
      .select('id')
      .where('name', '=', 'kererū')
      .where('no_such_column' as 'id', '=', 'kererū' as never)
      .execute()
      .catch(faulty);

    const text = lines.join('');
    expect(lines.length).toBeGreaterThan(10);
    for (const secret of ['kerer', anahera.password, anahera.token, anahera.email, bea.email, 'horse', group.id])
      expect(text).not.toContain(secret);
    const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.msg === 'A request');
    expect(requests.length).toBeGreaterThan(8);
    for (const request of requests)
      expect(request).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), status: expect.any(Number) });
    expect(requests.map((r) => r.route)).toContain('/api/v1/search');
  });
});
