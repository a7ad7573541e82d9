import { defineEntity, p } from '@mikro-orm/core';
import { hashBytes, idBytes } from './columns.ts';

/** Every username that ever was, as the SHA-256 of its skeleton (E11): it stays with its first owner for ever, also after deletion (U3). */
export const Handle = defineEntity({
  name: 'Handle',
  tableName: 'handle',
  properties: { skeleton_hash: hashBytes().primary(), user_id: idBytes().nullable() },
  indexes: [{ properties: ['user_id'], name: 'handle_of_user' }],
});

/** The words of names and usernames, for the list of people. */
export const UserWord = defineEntity({
  name: 'UserWord',
  tableName: 'user_word',
  properties: { user_id: idBytes().primary(), word: p.string().length(80).primary() },
  indexes: [{ properties: ['word', 'user_id'], name: 'user_by_word' }],
});
