const inside = /node_modules|\.[tj]s:\d|\n\s+at |"stack"|SQLITE_|\bER_[A-Z]{3}|\bselect .* from |\binsert into |\/src\//;
const secretKey = /hash|secret|password|founder/i;
const address = /[\w.+-]+@[\w-]+\.[\w.]+/g;

/** What an answer tells that its reader may not know: others' addresses, secret keys, the server's insides. Empty is good (C12, K3). */
export function leaksIn(answer: string, mine: readonly (string | RegExp)[], tokenAllowed = false): string[] {
  const found: string[] = [];
  const insides = inside.exec(answer);
  if (insides) found.push(`insides: ${insides[0]}`);
  for (const [email] of answer.matchAll(address))
    if (!mine.some((own) => (typeof own === 'string' ? own === email : own.test(email)))) found.push(`address: ${email}`);
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (path.endsWith('fields')) continue; // names of the caller's own input
      const shownOnce = tokenAllowed && (key === 'token' || key === 'secret'); // to whoever made it
      if (!shownOnce && (secretKey.test(key) || key === 'token')) found.push(`key: ${path}.${key}`);
      walk(inner, `${path}.${key}`);
    }
  };
  for (const line of answer.split('\n')) if (/^[[{]/.test(line)) walk(JSON.parse(line), '');
  return found;
}
