import { type Db, idOf, openDatabase } from '@koreromai/db';
import { bodyHash, type Dump } from '@koreromai/testing';

/** Everything the oracle needs of the database. The server must have ended: it owns an SQLite file. */
export async function dumpDatabase(url: string): Promise<Dump> {
  const db = await openDatabase(url);
  try {
    const { read } = db;
    const messages = await read.selectFrom('message').select(['id', 'conversation_id', 'seq', 'author_id', 'text', 'version']).execute();
    const events = await read.selectFrom('event').select(['stream_id', 'seq', 'pos', 'type', 'subject_id']).execute();
    const streams = await read.selectFrom('stream').select(['id', 'seq', 'pos']).execute();
    const spans = await read.selectFrom('span').select(['conversation_id', 'user_id', 'from_seq', 'to_seq']).execute();
    const counters = await read.selectFrom('counter').select(['conversation_id', 'author_id', 'messages']).execute();
    const rooms = await read
      .selectFrom('conversation as c')
      .leftJoin('room_count as k', 'k.conversation_id', 'c.id')
      .select(['c.id', 'k.followers'])
      .where('c.kind', '=', 'room')
      .execute();
    const head = await read.selectFrom('log_head').select('pos').executeTakeFirstOrThrow();
    return {
      messages: messages.map((m) => ({
        ...{ id: idOf(m.id), conversationId: idOf(m.conversation_id), seq: Number(m.seq), authorId: idOf(m.author_id) },
        ...{ bodyHash: m.text === null ? null : bodyHash(m.text), version: Number(m.version) },
      })),
      events: events.map((e) => ({
        ...{ stream: idOf(e.stream_id), seq: Number(e.seq), pos: Number(e.pos), type: e.type },
        messageId: e.type === 'message.created' && e.subject_id ? idOf(e.subject_id) : null,
      })),
      // A person's stream begins with its first event: until then its row says 0.
      streams: streams.map((s) => ({ id: idOf(s.id), seq: Number(s.seq), pos: Number(s.pos) })),
      spans: spans.map((s) => ({
        ...{ conversationId: idOf(s.conversation_id), userId: idOf(s.user_id), fromSeq: Number(s.from_seq) },
        toSeq: s.to_seq === null ? null : Number(s.to_seq),
      })),
      logHead: Number(head.pos),
      counters: counters.map((c) => ({
        conversationId: idOf(c.conversation_id),
        authorId: idOf(c.author_id),
        messages: Number(c.messages),
      })),
      followers: rooms.map((r) => ({ conversationId: idOf(r.id), followers: Number(r.followers ?? 0) })),
      complaints: await complaints(db),
    };
  } finally {
    await db.close();
  }
}

/** What the database itself finds wrong. */
async function complaints({ orm, url }: Db): Promise<string[]> {
  const em = orm.em.fork();
  if (url.dialect === 'sqlite') {
    const rows: { integrity_check: string }[] = await em.execute('pragma integrity_check');
    const orphans: unknown[] = await em.execute('pragma foreign_key_check');
    return [...rows.map((r) => r.integrity_check).filter((text) => text !== 'ok'), ...orphans.map((o) => `orphan ${JSON.stringify(o)}`)];
  }
  const rows: { Msg_type: string; Msg_text: string; Table: string }[] = await em.execute(
    'check table message, event, stream, span, counter, room_count, log_head, conversation, member_state',
  );
  return rows.filter((r) => r.Msg_text !== 'OK').map((r) => `${r.Table}: ${r.Msg_type} ${r.Msg_text}`);
}
