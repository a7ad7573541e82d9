import type { Relation } from '@koreromai/contract';
import { type Accessor, createUniqueId, type JSX, Show } from 'solid-js';
import { Keyed } from '../ui/keyed.tsx';
import { PersonLine } from './person-line.tsx';

interface CircleProps {
  title: string;
  people: readonly Relation[];
  empty?: string;
  note?: (relation: Relation) => string | undefined;
  verbs: (relation: Accessor<Relation>) => JSX.Element;
}

/** People who stand to me in one way. */
export function Circle(props: CircleProps) {
  const id = createUniqueId();
  return (
    <section class="circle" aria-labelledby={id}>
      <h2 class="circle-title" id={id}>
        {props.title}
      </h2>
      <Show when={props.people.length > 0} fallback={<p class="field-hint">{props.empty}</p>}>
        <ul class="lines">
          <Keyed each={props.people} by={(relation) => relation.user.id}>
            {(relation) => (
              <li class="member">
                <PersonLine user={relation().user} note={props.note?.(relation())}>
                  {props.verbs(relation)}
                </PersonLine>
              </li>
            )}
          </Keyed>
        </ul>
      </Show>
    </section>
  );
}
