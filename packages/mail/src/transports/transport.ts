/** A mail as it goes out: headers and both bodies. */
export interface Letter {
  /** Names the mail for ever: a repeat after a crash has the same. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where one click ends mails of this kind. */
  readonly unsubscribe?: string;
  /** Milliseconds since 1970. */
  readonly date: number;
}

/** Carries a letter out of the house. Rejects when nobody took it; by then nothing of it is under way any more. */
export interface Transport {
  send(letter: Letter, within: AbortSignal): Promise<void>;
}
