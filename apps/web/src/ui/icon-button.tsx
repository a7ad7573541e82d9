import type { JSX } from 'solid-js';
import './icon-button.css';

interface IconButtonProps {
  /** What the button does: its accessible name, and the browser's own tooltip. */
  label: string;
  onClick: () => void;
  children: JSX.Element;
}

/** No tooltip layer of ours: opened by a resting pointer over a dialog, it would take the Esc that belongs to the dialog. */
export function IconButton(props: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={props.label} title={props.label} onClick={() => props.onClick()}>
      {props.children}
    </button>
  );
}
