import type { Lookup } from '@koreromai/db';
import type { Draft } from './draft.ts';

/** The rows that a set of lookups found, under the same names. */
export type Found<L extends Record<string, Lookup>> = { [K in keyof L]: L[K] extends Lookup<infer R> ? R[] : never };

/**
 * One kind of change, described once and run by the lane in batches.
 * `decide` is pure but for its draft: it reads the facts, throws a Refusal or drafts rows and events, and gives the answer.
 * A kind whose facts other changes of the same batch could spoil says `alone`: it is a batch of one.
 */
export interface ChangeKind<Input, L extends Record<string, Lookup>, Facts, Output, Known = never> {
  readonly name: string;
  readonly alone: boolean;
  /** Nobody waits for it: it is the process's own housekeeping. */
  readonly background?: true;
  /** Ids of the streams whose rows are locked: those the change writes to, or whose facts it rests on. */
  streams(input: Input): readonly string[];
  /** Bytes this change adds to the packet, roughly. */
  size?(input: Input): number;
  /** Set-based reads for all changes of a batch, made after the locks are held. `known`: what was held on to of some of their streams (`holds`) and need not be read. */
  lookups(inputs: readonly Input[], known: ReadonlyMap<string, Known>): L;
  /** Arranges what was found so that `decide` finds it by key. */
  facts(found: Found<L>, inputs: readonly Input[], known: ReadonlyMap<string, Known>): Facts;
  /** Facts, by stream, that change with an event of that stream alone, and with none that only says something in it: held on to for the next changes. */
  holds?(facts: Facts): Iterable<readonly [stream: string, fact: Known]>;
  /** Of changes that need not wait for a reading where everything they rest on is held on to: the database takes them if the heads are where they were believed to be. */
  readonly ahead?: {
    /** Whether it rests on nothing that `holds` does not give. */
    fits(input: Input): boolean;
    /** What `facts` would give them. What it takes for new, such as the ids of what they insert, the database must refuse to take twice. */
    facts(known: ReadonlyMap<string, Known>): Facts;
  };
  decide(input: Input, facts: Facts, draft: Draft): Output;
}

/** Lets the types of lookups, facts and answer flow from one literal. */
export const changeKind =
  <Input, Output, Known = never>() =>
  <L extends Record<string, Lookup>, Facts>(kind: ChangeKind<Input, L, Facts, Output, Known>) =>
    kind;
