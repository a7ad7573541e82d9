import type { Conversation } from '@koreromai/contract';
import { lazy, Show, Suspense } from 'solid-js';
import { createOnce } from '../ui/once.ts';
import { useTalk } from './talk.tsx';

// None of these is needed to read and write.
const MessageMenu = lazy(() => import('./message-menu.tsx'));
const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));
const ReportDialog = lazy(() => import('./report-dialog.tsx'));
const PickerPopover = lazy(() => import('../reactions/picker-popover.tsx'));
const Lightbox = lazy(() => import('../attachments/lightbox.tsx'));

/** What opens above a chat: one of each for all its messages. */
export function Overlays(props: { conversation: Conversation }) {
  const talk = useTalk();
  const asked = createOnce(() => talk.deleting() !== null);
  const reported = createOnce(() => talk.reporting() !== null);
  return (
    <Suspense>
      <Show when={talk.menu()} keyed>
        {(menu) => <MessageMenu menu={menu} conversation={props.conversation} />}
      </Show>
      <Show when={talk.picking()} keyed>
        {(picking) => <PickerPopover picking={picking} />}
      </Show>
      <Show when={talk.viewing()} keyed>
        {(viewed) => <Lightbox viewed={viewed} />}
      </Show>
      <Show when={asked()}>
        <DeleteDialog message={talk.deleting()} />
      </Show>
      <Show when={reported()}>
        <ReportDialog message={talk.reporting()} />
      </Show>
    </Suspense>
  );
}
