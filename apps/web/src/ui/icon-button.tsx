import { Tooltip } from '@kobalte/core/tooltip';
import { type JSX, splitProps } from 'solid-js';
import './icon-button.css';

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
}

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'class', 'children']);
  return (
    <Tooltip openDelay={500} closeDelay={0}>
      <Tooltip.Trigger {...rest} type="button" class={`icon-button ${own.class ?? ''}`} aria-label={own.label}>
        {own.children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content class="tooltip">{own.label}</Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip>
  );
}
