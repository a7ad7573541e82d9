import { For } from 'solid-js';
import { Delayed } from './delayed.tsx';
import './skeleton.css';

/** Grey shapes where rows will be. One sentence tells screen readers; the shapes themselves say nothing. */
export function RowSkeleton(props: { rows: number; label: string }) {
  return (
    <Delayed>
      <div class="skeleton" role="status">
        <span class="quiet">{props.label}</span>
        <For each={Array.from({ length: props.rows })}>
          {() => (
            <div class="skeleton-row" aria-hidden="true">
              <span class="skeleton-disc" />
              <span class="skeleton-lines">
                <span class="skeleton-line" />
                <span class="skeleton-line skeleton-line-short" />
              </span>
            </div>
          )}
        </For>
      </div>
    </Delayed>
  );
}
