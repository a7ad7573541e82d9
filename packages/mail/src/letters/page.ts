import { escaped } from './words.ts';

export interface Page {
  readonly subject: string;
  readonly greeting: string;
  readonly lines: readonly string[];
  readonly button?: { readonly label: string; readonly url: string };
  /** Smaller, at the end. A line with a URL becomes a link. */
  readonly footer: readonly { readonly text: string; readonly url?: string }[];
}

/** Both bodies of a letter. Every text is plain and escaped here; every URL is ours. */
export function bodiesOf(page: Page): { text: string; html: string } {
  const { subject, greeting, lines, button, footer } = page;
  const text = [
    greeting,
    ...lines,
    ...(button ? [`${button.label}: ${button.url}`] : []),
    '-- ',
    ...footer.map((f) => (f.url ? `${f.text}: ${f.url}` : f.text)),
  ].join('\n\n');
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
${[greeting, ...lines].map((line) => `<p dir="auto">${escaped(line)}</p>`).join('\n')}
${button ? `<p><a href="${escaped(button.url)}" style="display: inline-block; padding: .6rem 1rem; border-radius: .5rem; background: #0b5f4b; color: #fff; text-decoration: none">${escaped(button.label)}</a></p>` : ''}
<hr style="border: 0; border-top: 1px solid #ccc">
${footer.map(({ text: line, url }) => `<p style="font-size: .85rem; color: #555">${url ? `<a href="${escaped(url)}" style="color: #555">${escaped(line)}</a>` : escaped(line)}</p>`).join('\n')}
</body>
</html>
`;
  return { text: `${text}\n`, html };
}
