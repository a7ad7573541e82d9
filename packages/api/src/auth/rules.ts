import { readFileSync } from 'node:fs';
import { Refusal } from '@koreromai/contract';

/** Whose password it is to be: what everybody knows of them is no secret. */
export interface Known {
  readonly name: string;
  readonly email: string | null;
  readonly username: string | null;
}

export interface PasswordRules {
  /** A7: throws BAD_INPUT at `field` for what is common, or the person's own name or address. Length is the schema's matter. */
  check(password: string, known: Known, field: string): void;
}

const list = new URL('./common-passwords.txt', import.meta.url);

/** Reads the list of the most common passwords of eight letters and more; shorter ones are refused for their length. */
export function createPasswordRules(): PasswordRules {
  const common = new Set(readFileSync(list, 'utf8').split(/\s+/));
  return {
    check(password, { name, email, username }, field) {
      const refuse = (what: string): never => {
        throw new Refusal('BAD_INPUT', { fields: { [field]: what } });
      };
      if (common.has(password.toLowerCase())) refuse('is one of the passwords that everybody tries first: choose another');
      const own = [name, email, email?.split('@')[0], username, 'koreromai'].map((word) => bare(word ?? ''));
      if (own.includes(bare(password))) refuse('is your name or address, which is no secret: choose another');
    },
  };
}

/** Letters and digits alone, so that a dot in between is no disguise; what has none stays as it is. */
function bare(text: string): string {
  const key = text.normalize('NFKC').toLowerCase();
  return key.replace(/[^\p{L}\p{N}]/gu, '') || `only ${key}`;
}
