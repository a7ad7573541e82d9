import MessageCircle from 'lucide-solid/icons/message-circle';
import { useState } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';
import { createMedia } from '../ui/viewport.ts';

/** What stands beside the list while no chat is open. Narrow screens show the list instead. */
export function WelcomePage() {
  const empty = useState((state) => Object.keys(state.conversations).length === 0);
  const beside = createMedia('(min-width: 50rem)');
  return (
    <main class="main-pane pane" id={beside() ? 'main' : undefined} tabindex="-1" data-landmark>
      <Blank heading="h1" icon={<MessageCircle size={28} />} title={empty() ? 'It is quiet here' : 'Choose a chat'}>
        <p>{empty() ? 'Your first chat will open in this place.' : 'Pick one from the list, or start a new one.'}</p>
      </Blank>
    </main>
  );
}
