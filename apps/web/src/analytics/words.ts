import { number, plural } from '../language/grammar.ts';
import { wordsOf } from '../language/words.ts';

export const english = {
  activity: 'Activity',
  allCounted: 'All chats of this server are counted; those that are not yours are not named.',
  yoursCounted: 'Counted are the chats and rooms that you may see.',
  countingMessages: 'Counting messages',
  countingPeople: 'Counting people',
  countingChats: 'Counting chats',
  whoWritesMost: 'Who writes most',
  person: 'Person',
  whereMost: 'Where most is written',
  chat: 'Chat',
  messages: 'Messages',
  nothingWritten: 'Nothing was written in this time.',
  csv: 'CSV',
  csvOf: (title: string) => `CSV: ${title}`,
  total: (count: number) => plural(count, { one: '1 message', other: `${number(count)} messages` }),
  showChart: 'Show the chart',
  showTable: 'Show as a table',
  messagesByDay: 'Messages by day',
  day: 'Day',
  chartSays: (total: number, most: number) => `Messages by day, ${total} in all, at most ${most} in one bar`,
  highest: (most: string) => `highest: ${most}`,

  range: 'Range',
  today: 'Today',
  sevenDays: '7 days',
  thirtyDays: '30 days',
  ninetyDays: '90 days',
  allTime: 'All time',
  dates: 'Dates',
  firstDay: 'First day',
  lastDay: 'Last day',
  wrongOrder: 'The first day lies after the last one.',
};

export const t = wordsOf('analytics', english);
