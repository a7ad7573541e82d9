import { A, useNavigate, useParams, useSearchParams } from '@solidjs/router';
import X from 'lucide-solid/icons/x';
import { lazy, Match, Show, Suspense, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { chatHref } from '../conversations/paths.ts';
import { useConversation } from '../session/session.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { createMedia } from '../ui/viewport.ts';
import { Details } from './details.tsx';
import { Links } from './links.tsx';
import { Media } from './media.tsx';
import { Pins } from './pins.tsx';
import './details.css';
import { t } from './words.ts';

const RoomDetails = lazy(() => import('../rooms/room-details.tsx'));

/** /c/:id/details – beside the chat where there is room, over it where there is not. */
export default function DetailsPage() {
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const beside = createMedia('(min-width: 75rem)');
  const back = () => chatHref(params.id);
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !fromInside(event)) return;
    event.preventDefault();
    navigate(back(), { replace: true });
  };
  return (
    <Dynamic
      component={beside() ? 'aside' : 'main'}
      class="details-pane pane"
      aria-label={t('details')}
      data-landmark
      tabindex="-1"
      onKeyDown={close}
    >
      <Show when={!beside()}>
        <h1 class="quiet">{t('detailsOfChat')}</h1>
      </Show>
      <header class="page-head details-head">
        <h2 class="page-title">{t('details')}</h2>
        <A href={back()} replace class="icon-button" aria-label={t('closeDetails')}>
          <X size={20} aria-hidden="true" />
        </A>
      </header>
      <Show when={params.id} keyed>
        {(id) => <DetailsOf id={id} />}
      </Show>
    </Dynamic>
  );
}

/** Keys pressed in a dialog come by here too, because it was opened from here. */
const fromInside = (event: KeyboardEvent) => event.target instanceof Element && event.target.closest('.details-pane') !== null;

const tabs = [
  { value: 'about', text: 'about' },
  { value: 'pins', text: 'pinned' },
  { value: 'media', text: 'media' },
  { value: 'links', text: 'links' },
] as const;
type Tab = (typeof tabs)[number]['value'];

function DetailsOf(props: { id: string }) {
  const conversation = useConversation(() => props.id);
  const [params, setParams] = useSearchParams<{ show: string }>();
  const shown = (): Tab => tabs.find((tab) => tab.value === params.show)?.value ?? 'about';
  return (
    <Show when={conversation()}>
      {(found) => (
        <div class="details-tabs">
          <Tabs
            label={t('details')}
            tabs={tabs.map(({ value, text }) => ({ value, text: t(text) }))}
            value={shown()}
            onChoose={(show) => setParams({ show: show === 'about' ? null : show }, { replace: true })}
          >
            <Switch>
              <Match when={shown() === 'pins'}>
                <Pins conversation={found()} />
              </Match>
              <Match when={shown() === 'media'}>
                <Media conversationId={found().id} />
              </Match>
              <Match when={shown() === 'links'}>
                <Links conversationId={found().id} />
              </Match>
              <Match when={found().kind === 'room'}>
                <Suspense>
                  <RoomDetails conversation={found()} />
                </Suspense>
              </Match>
              <Match when={true}>
                <Details conversation={found()} />
              </Match>
            </Switch>
          </Tabs>
        </div>
      )}
    </Show>
  );
}
