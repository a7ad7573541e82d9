import MessageCircle from 'lucide-solid/icons/message-circle';
import { useState } from '../session/session.tsx';
import { Blank } from '../ui/blank.tsx';

/** What stands beside the list while no chat is open. Narrow screens show the list instead. */
export function WelcomePage() {
  const empty = useState((state) => Object.keys(state.conversations).length === 0);
  return (
    <main class="main-pane pane" id="main" tabindex="-1" data-landmark>
      <Blank heading="h1" icon={<MessageCircle size={28} />} title={empty() ? 'It is quiet here' : 'Choose a chat'}>
        <p>{empty() ? 'Your first chat will open in this place.' : 'Pick one from the list, or start a new one.'}</p>
      </Blank>
    </main>
  );
}
