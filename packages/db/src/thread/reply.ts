/** What came of a question. */
export type Reply<Answer = unknown> = { readonly answer: Answer } | { readonly error: unknown };

export function attempt<Answer>(work: () => Answer): Reply<Answer> {
  try {
    return { answer: work() };
  } catch (error) {
    return { error };
  }
}
