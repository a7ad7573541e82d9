import { refusalOf } from '@koreromai/client';
import { createSignal, type JSX, Show } from 'solid-js';
import { reasonOf } from '../language/refusals.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';
import { t } from './words.ts';

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  children?: JSX.Element;
  /** The verb on the button: "Leave", never "OK". */
  verb: string;
  onConfirm: () => Promise<unknown>;
}

/** Asks before something that cannot be undone; stays open with the reason when the server says no. */
export function Confirm(props: ConfirmProps) {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const close = () => {
    setProblem(undefined);
    props.onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onConfirm();
      close();
    } catch (error) {
      setProblem(reasonOf(refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={props.title}
      description={props.description}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="danger" busy={busy()} onClick={() => void confirm()}>
            {props.verb}
          </Button>
        </>
      }
    >
      {props.children}
      <Show when={problem()}>
        <Notice tone="error">{problem()}</Notice>
      </Show>
    </Dialog>
  );
}
