/** Why nothing was sown, in one sentence. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused';
}
