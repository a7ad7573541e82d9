import { anythingSaid } from '@koreromai/db';
import type { Services } from '../services.ts';
import { conversationsSeeded, messagesSeeded, peopleSeeded, readingSeeded } from './changes.ts';
import { day, type Plan, planOf } from './plan.ts';
import { SeedRefused } from './refused.ts';

/** What one seed may be made of. */
export const seedBounds = { users: { min: 3, max: 500 }, days: { min: 1, max: 730 } } as const;

export interface SeedInput {
  readonly users: number;
  readonly days: number;
  /** Where the time of the seed ends, milliseconds; the beginning of that UTC day counts. Without it: today. */
  readonly until?: number;
  /** Everybody's. */
  readonly password: string;
}

export interface Sown {
  readonly users: number;
  readonly conversations: number;
  readonly messages: number;
  /** The first of the people, who runs the instance where nobody did. */
  readonly first: string;
}

/**
 * Fills an instance in which nobody has begun a conversation with people who talked for some days: the same ids, texts and times for
 * the same numbers and the same last day. One that was cut short is finished by the same call. Throws SeedRefused.
 */
export async function seed(services: Pick<Services, 'read' | 'lane' | 'passwords' | 'now'>, input: SeedInput): Promise<Sown> {
  const { users, days, until = services.now(), password } = input;
  for (const [name, value] of Object.entries({ users, days })) {
    const { min, max } = seedBounds[name === 'users' ? 'users' : 'days'];
    if (!Number.isInteger(value) || value < min || value > max)
      throw new SeedRefused(`The seed takes ${min} to ${max} ${name}, and this is ${value}.`);
  }
  const plan = planOf({ users, days, until: Math.floor(until / day) * day });
  await mustBeEmptyOr(services, plan);
  await sow(services, plan, await services.passwords.hash(password));
  const [first] = plan.people;
  return { users, conversations: plan.conversations.length, messages: plan.messages.length, first: first?.username ?? '' };
}

async function mustBeEmptyOr({ read }: Pick<Services, 'read'>, plan: Plan): Promise<void> {
  const [first, last] = [plan.conversations[0], plan.messages.at(-1)];
  const there = await anythingSaid(read, { conversation: first?.id ?? '', message: last?.id ?? '' });
  if (there.message) throw new SeedRefused('This seed is here already, so nothing was added.');
  if (there.any && !there.conversation) throw new SeedRefused('People talk here already: seed an empty instance, in another DATA_DIR.');
}

/** Rows that one transaction takes: others who write wait for no longer than for a large batch. */
const stretch = 500;

async function sow({ lane }: Pick<Services, 'lane'>, plan: Plan, passwordHash: string): Promise<void> {
  const { since, people, conversations, messages } = plan;
  await lane.change(peopleSeeded, { people, since, passwordHash });
  for (let i = 0; i < conversations.length; i += 50) {
    await lane.change(conversationsSeeded, { since, conversations: conversations.slice(i, i + 50) });
  }
  for (let i = 0; i < messages.length; i += stretch) await lane.change(messagesSeeded, messages.slice(i, i + stretch));
  for (let i = 0; i < conversations.length; i += 50) await lane.change(readingSeeded, conversations.slice(i, i + 50));
}
