/** The first account of an instance is its admin: made before any story begins, so that no story's own person is. */
export const admin = { name: 'Rangi', email: 'rangi@example.nz', password: 'correct horse Rangi' } as const;

export default async function signUpFirst(config: { projects: readonly { use: { baseURL?: string | undefined } }[] }): Promise<void> {
  const answer = await fetch(new URL('/trpc/auth.signUp', config.projects[0]?.use.baseURL), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  });
  if (!answer.ok) throw new Error(`The first account was refused: ${await answer.text()}`);
}
