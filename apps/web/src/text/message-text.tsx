import { createMemo, ErrorBoundary, lazy, Show, Suspense } from 'solid-js';
import { LinkedText } from './linked-text.tsx';
import { maybeMarked } from './plain.ts';

const RichText = lazy(() => import('./rich-text.tsx'));

/** What somebody wrote: text nodes, links and a few marks, never markup (UI17). A text that cannot be drawn so is the words it is. */
export function MessageText(props: { text: string }) {
  const text = createMemo(() => props.text);
  return (
    <Show when={maybeMarked.test(text())} fallback={<LinkedText text={text()} />}>
      <ErrorBoundary
        fallback={(error: unknown) => {
          reportError(error);
          return <LinkedText text={text()} />;
        }}
      >
        <Suspense fallback={<LinkedText text={text()} />}>
          <RichText text={text()} />
        </Suspense>
      </ErrorBoundary>
    </Show>
  );
}
