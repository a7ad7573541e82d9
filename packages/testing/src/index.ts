export { type Dialect, eachDatabase, type FreshDatabase, freshDatabase, onMySql } from './databases.ts';
export { eventually } from './eventually.ts';
export { createDice, type Dice } from './faults/dice.ts';
export { type Proxy, startProxy } from './faults/proxy/proxy.ts';
export { fairWeather, type Weather } from './faults/proxy/weather.ts';
export { Turns } from './faults/turns.ts';
export * from './history/index.ts';
export { pngOf } from './png.ts';
export { withRedis } from './redis.ts';
