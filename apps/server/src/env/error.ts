/** What is wrong with the settings: one sentence per bad setting, each safe to print, joined by newlines in `message`. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly sentences: string[];
  constructor(sentences: string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
