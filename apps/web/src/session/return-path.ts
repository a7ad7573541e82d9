/** The sign-in page, told where the visitor wanted to go. */
export const signInPath = (wanted: string): string => (wanted === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(wanted)}`);

/** Where to go after signing in: a path of ours, or the list. `//evil.example` and `/\evil` would leave the site. */
export function returnPath(to: string | string[] | undefined): string {
  if (typeof to !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(to)) return '/';
  return to;
}
