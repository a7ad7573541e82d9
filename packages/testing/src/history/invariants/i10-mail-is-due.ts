import type { Invariant } from '../finding.ts';

/** Beside what was told live, mail is the one thing that cannot be taken back once it is out. */
export const mailIsDue: Invariant = {
  id: 'I10',
  promise: 'a mail tells what its reader may see when it goes, never after they are out or gone, and of one chat at most once in a window',
  *check({ mails, database }, entitlement) {
    if (mails === undefined) return;
    const { sent, window, gone } = mails;
    const last = new Map<string, { at: number; seq: number }>();
    for (const mail of [...sent].sort((a, b) => a.at - b.at)) {
      const { user, conversationId, at, fromSeq, toSeq, head } = mail;
      const where = `a mail to ${user} about ${conversationId}/${fromSeq}–${toSeq}`;
      if (at > (gone[user] ?? Infinity)) yield `${where} went out at ${at}, when the account was gone`;
      if (!entitlement.covers(user, conversationId, head)) yield `${where} went out when the chat stood at ${head} and its reader was out`;
      for (const m of database.messages) {
        const told = m.conversationId === conversationId && m.seq >= fromSeq && m.seq <= toSeq;
        if (told && m.authorId === user && fromSeq === toSeq) yield `${where} tells them what they wrote themselves`;
      }
      for (const seq of [fromSeq, toSeq])
        if (!entitlement.covers(user, conversationId, seq)) yield `${where} tells of seq ${seq}, outside their stays`;
      const key = `${user} ${conversationId}`;
      const before = last.get(key);
      if (before && at - before.at < window) yield `${where} went out ${at - before.at} ms after the one before, within ${window} ms`;
      if (before && fromSeq <= before.seq) yield `${where} tells again what the one before told to seq ${before.seq}`;
      last.set(key, { at, seq: toSeq });
    }
  },
};
