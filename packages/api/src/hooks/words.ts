import type { HookPayload } from '@koreromai/contract';

/** What a payload of Slack's shape says, as plain lines: its text, then the words of each attachment. */
export function wordsOf({ text, attachments }: HookPayload): string {
  const parts = (attachments ?? []).map(({ pretext, title, title_link, text: words, fallback }) => {
    const heading = title && title_link ? `${title} (${title_link})` : title;
    const lines = [pretext, heading, words].filter(Boolean);
    return lines.length > 0 ? lines.join('\n') : (fallback ?? '');
  });
  return plain([text ?? '', ...parts].filter((part) => part !== '').join('\n'));
}

/** Slack writes links as `<https://…|words>`, everybody as `<!here>`, and three characters as entities. */
function plain(text: string): string {
  return text
    .replace(/<((?:https?|mailto):[^|>\s]+)(?:\|([^>]*))?>/g, (_, link: string, words?: string) => (words ? `${words} (${link})` : link))
    .replace(/<!(?:here|channel|everyone)(?:\|[^>]*)?>/g, '@here')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
