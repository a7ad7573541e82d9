import { bytesOf, type Db, type Engine, newId, type Value } from '@koreromai/db';

type Table = Parameters<Engine['commit']>[0][number]['table'];

/** How many of each there are: enough that no plan takes a table for a small one. */
const [people, chats, said] = [3_000, 2_000, 8_000];
/** Rows in one transaction. */
const most = 2_000;

/**
 * Strangers beside whom a test's own people are few: their chats, messages, sessions and everything that grows with the years. A tenth
 * of what is said is said in one chat. What followers make of messages (search, days, months) they make themselves.
 */
export async function crowd(db: Db, now: number): Promise<void> {
  const engine = db.engine();
  const users = numbers(people).map(() => bytesOf(newId(now)));
  const rooms = numbers(chats).map(() => bytesOf(newId(now)));
  const user = (i: number) => users[i % people] ?? Buffer.alloc(16);
  const chat = (i: number) => rooms[i % 10 === 0 ? 0 : i % chats] ?? Buffer.alloc(16);
  const head = new Map<Buffer, number>();
  const messages = numbers(said).map((i) => {
    const seq = (head.get(chat(i)) ?? 0) + 1;
    head.set(chat(i), seq);
    return { id: bytesOf(newId(now)), conversation_id: chat(i), seq, author_id: user(i * 7), text: `kia ora ${i % 50} w${i}` };
  });
  const of = <R extends Record<string, Value>>(count: number, row: (i: number) => R): R[] => numbers(count).map(row);
  const at = (i: number) => now - i * 60_000;
  const word = (i: number) => `crowd-${i}`;

  await fill(
    'user',
    of(people, (i) => ({
      id: user(i),
      username: word(i),
      email: `${word(i)}@example.org`,
      name: word(i),
      password_hash: '-',
      created_at: at(i),
    })),
  );
  await fill(
    'session',
    of(people * 3, (i) => ({
      id: bytesOf(newId()),
      token_hash: Buffer.concat([bytesOf(newId()), bytesOf(newId())]),
      user_id: user(i),
      created_at: at(i),
      last_seen_at: at(i),
      user_agent: '',
    })),
  );
  await fill(
    'user_word',
    of(people, (i) => ({ user_id: user(i), word: word(i) })),
  );
  await fill(
    'conversation',
    of(chats, (i) => ({
      id: chat1(i),
      kind: i % 5 === 0 ? 'room' : 'group',
      name: word(i),
      name_key: i % 5 === 0 ? word(i) : null,
      access: i % 5 === 0 ? 'public' : null,
      listed: i % 5 === 0 ? 1 : null,
      owner_id: user(i),
      created_at: at(i),
    })),
  );
  await fill(
    'stream',
    [...users, ...rooms].map((id) => ({ id, seq: head.get(id) ?? 0, pos: 0 })),
  );
  await fill(
    'span',
    of(chats * 5, (i) => ({
      conversation_id: chat1(Math.floor(i / 5)),
      user_id: user(i),
      from_seq: 1,
      open: i % 7 === 0 ? null : 1,
      role: 'member',
      joined_at: at(i),
    })),
  );
  await fill(
    'member_state',
    of(chats * 4, (i) => ({ user_id: user(i), conversation_id: chat1(Math.floor(i / 4)), last_read_seq: 1 })),
  );
  await fill(
    'message',
    messages.map((m, i) => ({ ...m, created_at: at(i), updated_at: at(i) })),
  );
  await fill(
    'counter',
    messages.map((m, i) => ({ conversation_id: m.conversation_id, bucket: i, author_id: m.author_id, messages: 1 })),
  );
  await fill(
    'revision',
    of(people, (i) => ({ message_id: message(i), version: 1, text: 'before', written_at: at(i) })),
  );
  await fill(
    'hidden_message',
    of(people, (i) => ({ user_id: user(i), message_id: message(i), conversation_id: chat(i), hidden_at: at(i) })),
  );
  await fill(
    'reaction',
    of(said, (i) => ({ message_id: message(i), emoji: '👍', user_id: user(i), created_at: at(i) })),
  );
  await fill(
    'mention',
    of(people, (i) => ({ user_id: user(i), message_id: message(i), conversation_id: chat(i), seq: i, at: at(i) })),
  );
  await fill(
    'pin',
    of(people, (i) => ({ conversation_id: chat(i), message_id: message(i), pinned_by: user(i), pinned_at: at(i) })),
  );
  await fill(
    'attachment',
    of(people, (i) => ({
      id: bytesOf(newId()),
      uploader_id: user(i),
      purpose: 'message',
      message_id: message(i),
      type: 'image/png',
      name: 'x',
      size: 1,
      created_at: at(i),
    })),
  );
  await fill(
    'report',
    of(people, (i) => ({
      id: bytesOf(newId()),
      message_id: message(i),
      conversation_id: chat(i),
      reporter_id: user(i),
      reason: 'x',
      created_at: at(i),
      resolved_at: i % 10 ? at(i) : null,
    })),
  );
  await fill(
    'invitation',
    of(people, (i) => ({
      id: bytesOf(newId()),
      conversation_id: chat1(i),
      inviter_id: user(i),
      email: `guest-${i}@example.org`,
      created_at: at(i),
      expires_at: now + 1_000,
      open: 1,
    })),
  );
  await fill(
    'room_access',
    of(people, (i) => ({ conversation_id: chat1(i), user_id: user(i), list: 'allow', added_by: user(0), added_at: at(i) })),
  );
  await fill(
    'refusal',
    of(people, (i) => ({ user_id: user(i), target_id: user(i + 1), target: 'person', created_at: at(i) })),
  );
  await fill(
    'block',
    of(people, (i) => ({ blocker_id: user(i), blocked_id: user(i + 1), created_at: at(i) })),
  );
  await fill(
    'follow',
    of(people, (i) => ({ follower_id: user(i), followed_id: user(i + 1), created_at: at(i) })),
  );
  await fill(
    'contact',
    of(people, (i) => ({ user_id: user(i), other_id: user(i + 1), state: 'accepted', created_at: at(i) })),
  );
  await fill(
    'audit',
    of(people, (i) => ({ id: bytesOf(newId(at(i))), action: 'user.role', detail: '{}', address: '', at: at(i) })),
  );
  await fill(
    'sign_in',
    of(people, (i) => ({ id: bytesOf(newId(at(i))), user_id: user(i), outcome: 'opened', address: '', device: '', at: at(i) })),
  );
  await fill(
    'mail',
    of(people, (i) => ({
      id: bytesOf(newId(at(i))),
      email: `${word(i)}@example.org`,
      kind: 'chat',
      state: 'sent',
      run_after: at(i),
      data: '{}',
      created_at: at(i),
    })),
  );
  await engine.begin([], []);
  const events = messages.map((m, i) => ({
    stream_id: m.conversation_id,
    seq: m.seq,
    type: 'message.created',
    actor_id: m.author_id,
    subject_id: m.id,
    number: null,
    at: at(i),
  }));
  await engine.commit(
    [],
    events,
    [...head].map(([id, seq]) => ({ id, seq })),
  );
  await engine.close();

  function chat1(i: number): Buffer {
    return rooms[i % chats] ?? Buffer.alloc(16);
  }
  function message(i: number): Buffer {
    return messages[i % said]?.id ?? Buffer.alloc(16);
  }

  async function fill(table: Table, rows: readonly Record<string, Value>[]): Promise<void> {
    const columns = Object.keys(rows[0] ?? {});
    for (let i = 0; i < rows.length; i += most) {
      const some = rows.slice(i, i + most).map((row) => columns.map((name) => row[name] ?? null));
      await engine.begin([], []);
      await engine.commit([{ do: 'insert', table, columns, rows: some, onDuplicate: 'fail' }], [], []);
    }
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
