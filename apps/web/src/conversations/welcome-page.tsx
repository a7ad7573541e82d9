import MessageCircle from 'lucide-solid/icons/message-circle';
import { useState } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createMedia } from '../ui/viewport.ts';
import { t } from './words.ts';

/** What stands beside the list while no chat is open. Narrow screens show the list instead. */
export function WelcomePage() {
  const empty = useState((state) => Object.keys(state.conversations).length === 0);
  const beside = createMedia('(min-width: 50rem)');
  return (
    <main class="main-pane pane" id={beside() ? 'main' : undefined} tabindex="-1" data-landmark>
      <Blank heading="h1" icon={<MessageCircle size={28} />} title={empty() ? t('quiet') : t('chooseChat')}>
        <p>{empty() ? t('firstChatHere') : t('pickOne')}</p>
      </Blank>
    </main>
  );
}
