import * as contract from '@koreromai/contract';
import { z } from 'zod';

/** What a reader of the document sees filled in. */
const examples: Readonly<Record<string, string>> = {
  email: 'hana@example.nz',
  person: 'hana@example.nz',
  password: 'correct horse battery staple',
  displayName: 'Hana',
  username: 'hana',
  rawText: 'Kia ora koutou!',
};

/** Gives every schema of the contract its own name in the document: `message` is `Message`. */
export function nameSchemas(): void {
  for (const [name, schema] of Object.entries(contract)) {
    if (!(schema instanceof z.ZodType)) continue;
    const example = examples[name] === undefined ? {} : { examples: [examples[name]] };
    z.globalRegistry.add(schema, { ...example, ...schema.meta(), id: `${name[0]?.toUpperCase()}${name.slice(1)}` });
  }
}
