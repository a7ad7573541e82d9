import { setTimeout as pause } from 'node:timers/promises';
import type { Dice, Proxy as FaultProxy } from '@koreromai/testing';

/** Cuts one line after another while the server goes on, so that catching up meets what happens meanwhile. Gives how many. */
export async function keepCutting(proxy: FaultProxy, dice: Dice, more: () => boolean): Promise<number> {
  let cuts = 0;
  while (more()) {
    await pause(10 + dice.below(50));
    if (proxy.links.size === 0) continue;
    const link = dice.pick([...proxy.links]);
    if (dice.chance(0.5)) link.cut();
    else link.reset();
    cuts++;
  }
  return cuts;
}
