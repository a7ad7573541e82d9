import { createHash, randomBytes } from 'node:crypto';

/** A session token: 256 random bits for the client to keep. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of it. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A bot's token: as random, and known for one by how it begins, to people and to whatever looks for secrets in what is published. */
export const newBotToken = (): string => `kmb_${newToken()}`;
