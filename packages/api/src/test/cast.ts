import type { Dialect } from '@koreromai/testing';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ServiceOptions } from '../services.ts';
import { createWorld, type Person, type World } from './world.ts';

/**
 * One world with a cast of people for all tests of a suite: `cast.world`, `cast.anahera`.
 * At the end nothing may have gone wrong that no rule expects.
 */
export function createCast<const Name extends string>(
  dialect: Dialect,
  names: readonly Name[],
  options: Partial<Omit<ServiceOptions, 'db'>> = {},
): { readonly world: World } & Readonly<Record<Name, Person>> {
  let world: World | undefined;
  const people = new Map<string, Person>();
  beforeAll(async () => {
    world = await createWorld(dialect, options);
    for (const name of names) people.set(name, await world.person(name));
  });
  afterAll(async () => {
    const faults = world?.faults;
    await world?.[Symbol.asyncDispose]();
    expect(faults).toEqual([]);
  });
  const cast = {
    get world() {
      if (!world) throw new Error('The world is made before the first test.');
      return world;
    },
  };
  for (const name of names) {
    Object.defineProperty(cast, name, {
      get() {
        const person = people.get(name);
        if (!person) throw new Error(`${name} is made before the first test.`);
        return person;
      },
    });
  }
  return cast as { readonly world: World } & Readonly<Record<Name, Person>>;
}
