import { defineEntity, p } from '@mikro-orm/core';
import { idBytes, whole } from './columns.ts';

/** Where a message stands in the search index. `words` on MySQL only: FTS5 forgets a text without being told it. Made by hand in m0003. */
export const SearchDocument = defineEntity({
  name: 'SearchDocument',
  tableName: 'search_document',
  properties: {
    doc: whole().primary(),
    conversation_id: idBytes(),
    seq: whole(),
    words: p.text().nullable(),
  },
});

/** MySQL's index: a row per conversation, word and message. */
export const SearchWord = defineEntity({
  name: 'SearchWord',
  tableName: 'search_word',
  properties: {
    conversation_id: idBytes().primary(),
    word: p.string().length(40).primary(),
    doc: whole().primary(),
    seq: whole(),
  },
});

/** SQLite's index: FTS5, its rowid the doc. */
export const MessageFts = defineEntity({
  name: 'MessageFts',
  tableName: 'message_fts',
  properties: { rowid: whole().primary(), words: p.text() },
});
