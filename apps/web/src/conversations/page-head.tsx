import { A } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import type { ParentProps } from 'solid-js';
import '../ui/icon-button.css';
import { t } from './words.ts';

/** The bar on top of a page of the main pane, with the way back to the list on narrow screens. */
export function PageHead(props: ParentProps<{ title: string }>) {
  return (
    <header class="page-head">
      <A href="/" class="icon-button only-narrow" aria-label={t('backToChats')}>
        <ArrowLeft size={22} aria-hidden="true" />
      </A>
      <h1 class="page-title">{props.title}</h1>
      {props.children}
    </header>
  );
}
