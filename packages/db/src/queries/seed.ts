import { bytesOf } from '../ids.ts';
import type { Reader } from '../orm.ts';

/** Whether anybody has begun a conversation here, and whether these two are among what there is. */
export async function anythingSaid(read: Reader, seed: { readonly conversation: string; readonly message: string }) {
  const [any, conversation, message] = await Promise.all([
    read.selectFrom('conversation').select('id').limit(1).executeTakeFirst(),
    read.selectFrom('conversation').select('id').where('id', '=', bytesOf(seed.conversation)).executeTakeFirst(),
    read.selectFrom('message').select('id').where('id', '=', bytesOf(seed.message)).executeTakeFirst(),
  ]);
  return { any: any !== undefined, conversation: conversation !== undefined, message: message !== undefined };
}
