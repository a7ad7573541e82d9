import { changeKind, type Draft } from '@koreromai/realtime';

/** Writes rows behind the log's back: what the index does not hear of. */
export const silently = changeKind<(draft: Draft) => void, void>()({
  name: 'test.silently',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: (write, _, draft) => write(draft),
});
