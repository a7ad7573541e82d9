import { Dialog as Primitive } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { createRenderEffect, type JSX, on, Show } from 'solid-js';
import './dialog.css';
import { t } from './words.ts';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string | undefined;
  children?: JSX.Element;
  footer?: JSX.Element;
}

/** A modal question. Esc and the scrim close it; focus goes back to what opened it. */
export function Dialog(props: DialogProps) {
  let opener: Element | null = null;
  createRenderEffect(
    on(
      () => props.open,
      (open) => {
        if (open) opener = document.activeElement;
      },
    ),
  );
  let content: HTMLElement | undefined;
  /** Where one types, else the harmless one of the answers; never the button that only closes. */
  const focusFirst = (event: Event) => {
    const first =
      content?.querySelector<HTMLElement>('input:not([type="checkbox"], [type="radio"]), textarea') ??
      content?.querySelector<HTMLElement>('.dialog-foot button');
    if (first === null || first === undefined) return;
    event.preventDefault();
    first.focus();
  };
  const focusBack = (event: Event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
  };
  return (
    <Primitive open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay class="dialog-scrim" />
        <div class="dialog-place">
          <Primitive.Content class="dialog" ref={content} onOpenAutoFocus={focusFirst} onCloseAutoFocus={focusBack}>
            <header class="dialog-head">
              <Primitive.Title class="dialog-title">{props.title}</Primitive.Title>
              <Primitive.CloseButton class="icon-button dialog-close" aria-label={t('close')}>
                <X size={20} aria-hidden="true" />
              </Primitive.CloseButton>
            </header>
            <Show when={props.description}>
              <Primitive.Description class="dialog-description">{props.description}</Primitive.Description>
            </Show>
            {props.children}
            <Show when={props.footer}>
              <footer class="dialog-foot">{props.footer}</footer>
            </Show>
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive>
  );
}
