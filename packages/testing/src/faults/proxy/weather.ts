/** What the line between clients and the server is like now. Change the fields at any time; open connections feel it at once. */
export interface Weather {
  /** Milliseconds that every byte takes, each way, and up to how many more by chance. */
  delay: number;
  jitter: number;
  /** Bytes that are swallowed while the connection stays open. */
  blackhole: 'none' | 'toServer' | 'toClient' | 'both';
  /** Each connection is cut when this many bytes went to its client. Null: never. */
  cutAfterBytes: number | null;
  /**
   * Asked when the first byte of a reply comes back after a request, with the last bytes of that request: true cuts the
   * connection there, so that the server has done what was asked and the client never hears of it.
   */
  losesReply: (request: Buffer) => boolean;
}

export const fairWeather = (): Weather => ({ delay: 0, jitter: 0, blackhole: 'none', cutAfterBytes: null, losesReply: () => false });
