/** A URL that may be printed: every password in it becomes `***`. */
export function redactUrl(url: string): string {
  return url
    .replace(/(:\/\/[^/?#@:]*):.*@/, '$1:***@') // greedy: a raw @ in the password must not leave half of it behind
    .replace(/([?&](?:password|passwd|pwd)=)[^&#]*/gi, '$1***');
}
