import { defineEntity, p } from '@mikro-orm/core';
import { idBytes } from './columns.ts';

/** Folded from the quarter-hours by a follower: `day` = days since 1970 in UTC. */
export const CounterDay = defineEntity({
  name: 'CounterDay',
  tableName: 'counter_day',
  properties: {
    conversation_id: idBytes().primary(),
    day: p.integer().primary(),
    author_id: idBytes().primary(),
    messages: p.integer().default(0),
  },
  indexes: [{ properties: ['day'], name: 'counter_by_day' }],
});

/** `pentad` = five-day periods since 1970, six of which are a 30-day period. */
export const CounterPentad = defineEntity({
  name: 'CounterPentad',
  tableName: 'counter_pentad',
  properties: {
    conversation_id: idBytes().primary(),
    pentad: p.integer().primary(),
    author_id: idBytes().primary(),
    messages: p.integer().default(0),
  },
  indexes: [{ properties: ['pentad'], name: 'counter_by_pentad' }],
});

/** `month` = 30-day periods since 1970. */
export const CounterMonth = defineEntity({
  name: 'CounterMonth',
  tableName: 'counter_month',
  properties: {
    conversation_id: idBytes().primary(),
    month: p.integer().primary(),
    author_id: idBytes().primary(),
    messages: p.integer().default(0),
  },
  indexes: [{ properties: ['author_id'], name: 'counter_month_of_author' }],
});
