import { Popover } from '@kobalte/core/popover';
import { type Picking, useTalk } from '../actions/talk.tsx';
import { createAfterClosing } from '../ui/after-closing.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import './picker.css';
import { t } from './words.ts';

/** The emoji of the world, with a search; what is chosen is remembered for the next time (UI18). */
export default function PickerPopover(props: { picking: Picking }) {
  const talk = useTalk();
  const { picking } = props;
  let chosen: string | undefined;
  const closed = createAfterClosing(() => {
    picking.opener?.focus({ preventScroll: true });
    if (chosen !== undefined) picking.choose(chosen);
  });
  return (
    <Popover
      defaultOpen
      onOpenChange={(open) => !open && talk.pick(null)}
      getAnchorRect={() => picking.rect}
      placement="top"
      gutter={6}
      overflowPadding={8}
    >
      <Popover.Portal>
        <Popover.Content
          class="picker"
          aria-label={t('chooseEmoji')}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={closed}
        >
          <EmojiPicker
            onChoose={(emoji) => {
              chosen = emoji;
              talk.pick(null);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
