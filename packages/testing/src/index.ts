export { eventually } from './eventually.ts';
export { createDice, type Dice } from './faults/dice.ts';
export * from './history/index.ts';
