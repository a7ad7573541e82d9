import { createMemo, For, type JSX, Match, Switch } from 'solid-js';
import { CodeBlock } from './code-block.tsx';
import { LinkedText } from './linked-text.tsx';
import { honest, type Mark, marksOf } from './markdown.ts';
import './rich-text.css';

/** A text with its marks, drawn node by node: no string ever becomes markup. */
export default function RichText(props: { text: string }) {
  const marks = createMemo(() => marksOf(props.text));
  return (
    <div class="rich">
      <Marks marks={marks()} linked={true} />
    </div>
  );
}

function Marks(props: { marks: readonly Mark[]; linked: boolean }): JSX.Element {
  return <For each={props.marks}>{(mark) => <Marked mark={mark} linked={props.linked} />}</For>;
}

/** A mark never changes into another: a changed text is parsed anew. */
function Marked(props: { mark: Mark; linked: boolean }): JSX.Element {
  const { mark } = props;
  if (mark.kind === 'text') return props.linked ? <LinkedText text={mark.text} /> : mark.text;
  if (mark.kind === 'code') return <code>{mark.text}</code>;
  if (mark.kind === 'fence') return <CodeBlock code={mark.text} language={mark.language} />;
  if (mark.kind === 'break') return <br />;
  const inside = <Marks marks={mark.inside} linked={props.linked && mark.kind !== 'link'} />;
  if (mark.kind === 'link') {
    return (
      <a href={mark.href} target="_blank" rel="noopener noreferrer nofollow" title={mark.href}>
        {honest(mark.inside, mark.href) ? inside : mark.href}
      </a>
    );
  }
  if (mark.kind === 'list') return mark.ordered ? <ol start={mark.start}>{inside}</ol> : <ul>{inside}</ul>;
  return (
    <Switch>
      <Match when={mark.kind === 'strong'}>
        <strong>{inside}</strong>
      </Match>
      <Match when={mark.kind === 'em'}>
        <em>{inside}</em>
      </Match>
      <Match when={mark.kind === 's'}>
        <s>{inside}</s>
      </Match>
      <Match when={mark.kind === 'quote'}>
        <blockquote>{inside}</blockquote>
      </Match>
      <Match when={mark.kind === 'item'}>
        <li>{inside}</li>
      </Match>
      <Match when={mark.kind === 'paragraph'}>
        <p>{inside}</p>
      </Match>
    </Switch>
  );
}
