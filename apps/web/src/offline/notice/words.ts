/**
 * What a notification says of itself. The worker has no page, hence neither its language nor its catalogues: the language comes with the message,
 * and both of these stand in the worker.
 */
export const words = {
  en: { one: 'One new message', other: (count: number) => `${count} new messages`, many: 'More than 99 new messages' },
  mi: { one: 'Kotahi te karere hou', other: (count: number) => `${count} ngā karere hou`, many: 'Neke atu i te 99 ngā karere hou' },
};
