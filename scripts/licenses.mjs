// npm run licenses: every library that is delivered has a licence that is MIT or comparable. Ends with 1 and a sentence for each that has not.
import { launch } from './halt.mjs';
import { delivered } from './licenses/delivered.mjs';
import { judge } from './licenses/rules.mjs';
import { root } from './node.mjs';

await launch(async () => {
  const libraries = delivered(root);
  const { wrong, excepted, counts } = judge(libraries);
  for (const [license, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${license}`);
  for (const sentence of excepted) console.log(`Excepted: ${sentence}`);
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length === 0) console.log(`All ${libraries.length} libraries may be used, ${excepted.length} of them by exception.`);
  return wrong.length === 0 ? 0 : 1;
});
