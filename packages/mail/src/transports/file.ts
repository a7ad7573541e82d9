import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mimeOf, type Sender } from './mime.ts';
import type { Transport } from './transport.ts';

/** Puts each letter into a folder as an `.eml` file, named by its id: for trying out, and where no mail may leave the house. */
export const fileTransport = (folder: string, sender: Sender): Transport => ({
  async send(letter) {
    const bytes = await mimeOf(letter, sender);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${letter.id}.eml`);
    await writeFile(`${path}.part`, bytes, { mode: 0o600 }); // links inside open accounts
    await rename(`${path}.part`, path);
  },
});
