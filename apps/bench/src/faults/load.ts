import { createDice, type Recorder } from '@koreromai/testing';
import { askBack } from './asking-back.ts';
import { type KeptClient, keepClient } from './kept-client.ts';
import { type Acks, createAcks, keepPosting } from './posting.ts';
import { keepMoving } from './restless.ts';
import { type Scene, setScene } from './scene.ts';

interface LoadOptions {
  /** Every server there is. */
  readonly urls: readonly string[];
  readonly recorder: Recorder;
  readonly seed: number;
  readonly seen?: (messageId: string) => void;
  readonly acked?: (messageId: string) => void;
}

/** People who write, come and go, and ask for what they wrote, on servers that they change when one does not answer. */
export interface Load {
  readonly scene: Scene;
  readonly kept: readonly KeptClient[];
  readonly acks: Acks;
  /** Ends the work; what it did is recorded. */
  end(): Promise<void>;
}

export async function startLoad({ urls, recorder, seed, seen, acked }: LoadOptions): Promise<Load> {
  const dice = createDice(seed + 300);
  const anywhere = () => dice.pick(urls); // the next try goes to another one as often as not
  const scene = await setScene({ calls: anywhere, feed: anywhere, ...(seen ? { seen } : {}) }, recorder);
  const kept = await Promise.all(scene.people.slice(0, 3).map((person, n) => keepClient(urls[n % urls.length] ?? '', person)));
  const acks = createAcks();
  const backs = scene.people.map((person, n) => askBack(person, urls, recorder, createDice(seed + 400 + n)));
  let going = true;
  const more = () => going;
  const work = [
    ...scene.people.map((person, n) =>
      keepPosting({
        ...{ person, conversations: scene.chatsOf(person), recorder, acks, dice: createDice(seed + n), more },
        async acked(messageId) {
          acked?.(messageId);
          await backs[n]?.ask(messageId);
        },
      }),
    ),
    keepMoving(scene.groups, createDice(seed + 100), more).then(() => {}),
  ];
  return {
    scene,
    kept,
    acks,
    async end() {
      going = false;
      await Promise.all(work);
      await Promise.all(backs.map((back) => back.close()));
    },
  };
}
