import { bytesOf, type Db, type Engine, newId, type Value } from '@koreromai/db';

type Table = Parameters<Engine['commit']>[0][number]['table'];

/** How many of each there are: enough that no plan takes a table for a small one. `PLANS_AT` is a larger number of messages to try. */
export const said = Number(process.env.PLANS_AT ?? 8_000);
const [people, chats] = [3_000, 2_000];
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
  const at = (i: number) => now - i * 60_000;
  const word = (i: number) => `crowd-${i}`;

  await fill('user', people, (i) => ({
    id: user(i),
    username: word(i),
    email: `${word(i)}@example.org`,
    name: word(i),
    password_hash: '-',
    created_at: at(i),
  }));
  await fill('session', people * 3, (i) => ({
    id: bytesOf(newId()),
    token_hash: Buffer.concat([bytesOf(newId()), bytesOf(newId())]),
    user_id: user(i),
    created_at: at(i),
    last_seen_at: at(i),
    user_agent: '',
  }));
  await fill('user_word', people, (i) => ({ user_id: user(i), word: word(i) }));
  await fill('conversation', chats, (i) => ({
    id: chat1(i),
    kind: i % 5 === 0 ? 'room' : 'group',
    name: word(i),
    name_key: i % 5 === 0 ? word(i) : null,
    access: i % 5 === 0 ? 'public' : null,
    listed: i % 5 === 0 ? 1 : null,
    owner_id: user(i),
    created_at: at(i),
  }));
  const streams = [...users, ...rooms];
  await fill('stream', streams.length, (i) => ({ id: streams[i] ?? null, seq: head.get(streams[i] ?? Buffer.alloc(0)) ?? 0, pos: 0 }));
  await fill('span', chats * 5, (i) => ({
    conversation_id: chat1(Math.floor(i / 5)),
    user_id: user(i),
    from_seq: 1,
    open: i % 7 === 0 ? null : 1,
    role: 'member',
    joined_at: at(i),
  }));
  await fill('room_count', chats / 5, (i) => ({ conversation_id: chat1(i * 5), followers: 5 }));
  await fill('member_state', chats * 4, (i) => ({ user_id: user(i), conversation_id: chat1(Math.floor(i / 4)), last_read_seq: 1 }));
  await fill('message', said, (i) => ({ ...messages[i], created_at: at(i), updated_at: at(i) }));
  await fill('counter', said, (i) => ({ conversation_id: chat(i), bucket: i, author_id: user(i * 7), messages: 1 }));
  await fill('revision', people, (i) => ({ message_id: message(i), version: 1, text: 'before', written_at: at(i) }));
  await fill('hidden_message', people, (i) => ({ user_id: user(i), message_id: message(i), conversation_id: chat(i), hidden_at: at(i) }));
  await fill('reaction', said, (i) => ({ message_id: message(i), emoji: '👍', user_id: user(i), created_at: at(i) }));
  await fill('mention', people, (i) => ({ user_id: user(i), message_id: message(i), conversation_id: chat(i), seq: i, at: at(i) }));
  await fill('pin', people, (i) => ({ conversation_id: chat(i), message_id: message(i), pinned_by: user(i), pinned_at: at(i) }));
  await fill('attachment', people, (i) => ({
    id: bytesOf(newId()),
    uploader_id: user(i),
    purpose: 'message',
    message_id: message(i),
    type: 'image/png',
    name: 'x',
    size: 1,
    created_at: at(i),
  }));
  await fill('report', people, (i) => ({
    id: bytesOf(newId()),
    message_id: message(i),
    conversation_id: chat(i),
    reporter_id: user(i),
    reason: 'x',
    created_at: at(i),
    resolved_at: i % 10 ? at(i) : null,
  }));
  await fill('person_report', people, (i) => ({
    id: bytesOf(newId()),
    user_id: user(i),
    reporter_id: user(i + 1),
    reason: 'x',
    created_at: at(i),
    resolved_at: i % 10 ? at(i) : null,
  }));
  await fill('invitation', people, (i) => ({
    id: bytesOf(newId()),
    conversation_id: chat1(i),
    inviter_id: user(i),
    email: `guest-${i}@example.org`,
    created_at: at(i),
    expires_at: now + 1_000,
    open: 1,
  }));
  await fill('room_access', people, (i) => ({
    conversation_id: chat1(i),
    user_id: user(i),
    list: 'allow',
    added_by: user(0),
    added_at: at(i),
  }));
  await fill('refusal', people, (i) => ({ user_id: user(i), target_id: user(i + 1), target: 'person', created_at: at(i) }));
  await fill('block', people, (i) => ({ blocker_id: user(i), blocked_id: user(i + 1), created_at: at(i) }));
  await fill('follow', people, (i) => ({ follower_id: user(i), followed_id: user(i + 1), created_at: at(i) }));
  await fill('contact', people, (i) => ({ user_id: user(i), other_id: user(i + 1), state: 'accepted', created_at: at(i) }));
  await fill('audit', people, (i) => ({ id: bytesOf(newId(at(i))), action: 'user.role', detail: '{}', address: '', at: at(i) }));
  await fill('sign_in', people, (i) => ({
    id: bytesOf(newId(at(i))),
    user_id: user(i),
    outcome: 'opened',
    address: '',
    device: '',
    at: at(i),
  }));
  await fill('mail', people, (i) => ({
    id: bytesOf(newId(at(i))),
    email: `${word(i)}@example.org`,
    kind: 'chat',
    state: 'sent',
    run_after: at(i),
    data: '{}',
    created_at: at(i),
  }));
  for (let i = 0; i < said; i += most) {
    const some = messages.slice(i, i + most);
    const heads = new Map(some.map((m) => [m.conversation_id, m.seq]));
    await engine.begin([], []);
    await engine.commit(
      [],
      some.map((m, n) => ({
        ...{ stream_id: m.conversation_id, seq: m.seq, type: 'message.created', number: null, at: at(i + n) },
        ...{ actor_id: m.author_id, subject_id: m.id },
      })),
      [...heads].map(([id, seq]) => ({ id, seq })),
    );
  }
  await engine.close();

  function chat1(i: number): Buffer {
    return rooms[i % chats] ?? Buffer.alloc(16);
  }
  function message(i: number): Buffer {
    return messages[i % said]?.id ?? Buffer.alloc(16);
  }

  async function fill(table: Table, count: number, row: (i: number) => Record<string, Value>): Promise<void> {
    const columns = Object.keys(row(0));
    for (let i = 0; i < count; i += most) {
      const rows = numbers(Math.min(most, count - i)).map((n) => Object.values(row(i + n)));
      await engine.begin([], []);
      await engine.commit([{ do: 'insert', table, columns, rows, onDuplicate: 'fail' }], [], []);
    }
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
