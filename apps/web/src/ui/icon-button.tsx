import { Tooltip } from '@kobalte/core/tooltip';
import type { JSX } from 'solid-js';
import './icon-button.css';

interface IconButtonProps {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  pressed?: boolean;
  onClick: () => void;
  children: JSX.Element;
}

export function IconButton(props: IconButtonProps) {
  return (
    <Tooltip openDelay={500} closeDelay={0}>
      <Tooltip.Trigger
        type="button"
        class="icon-button"
        aria-label={props.label}
        aria-pressed={props.pressed}
        onClick={() => props.onClick()}
      >
        {props.children}
      </Tooltip.Trigger>
      <Tooltip.Content class="tooltip">{props.label}</Tooltip.Content>
    </Tooltip>
  );
}
