import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { buildWeb } from './web.mjs';

// All that is built: afterwards a start installs nothing, builds nothing and needs to write nothing here.
await launch(async () => {
  await bootstrap();
  await buildWeb();
  return 0;
});
