import { useSearchParams } from '@solidjs/router';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { Page } from '../conversations/page.tsx';
import { Answer } from '../ui/answer.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { AddContact } from './add-contact.tsx';
import { Circle } from './circle.tsx';
import { Directory } from './directory.tsx';
import { BlockButton, ContactButton, FollowButton } from './person-verbs.tsx';
import { createStandings } from './standing.ts';
import './people.css';
import { t } from './words.ts';

const tabs = [
  { value: 'contacts', text: 'contacts' },
  { value: 'follows', text: 'following' },
  { value: 'blocks', text: 'blocked' },
  { value: 'everyone', text: 'everyone' },
] as const;
type Tab = (typeof tabs)[number]['value'];

/** /people – contacts and their requests, whom I follow, whom I block, and the directory. */
export default function PeoplePage() {
  const [params, setParams] = useSearchParams<{ show: string }>();
  const { loading, all } = createStandings();
  const shown = (): Tab => tabs.find((tab) => tab.value === params.show)?.value ?? 'contacts';
  const standing = createMemo(() => ({
    incoming: all().filter((each) => each.contact === 'incoming'),
    accepted: all().filter((each) => each.contact === 'accepted'),
    outgoing: all().filter((each) => each.contact === 'outgoing'),
    follows: all().filter((each) => each.following),
    blocks: all().filter((each) => each.blocked),
  }));
  return (
    <Page title={t('people')} actions={<AddContact />}>
      <Tabs
        label={t('people')}
        tabs={tabs.map(({ value, text }) => ({ value, text: t(text) }))}
        value={shown()}
        onChoose={(show) => setParams({ show: show === 'contacts' ? null : show }, { replace: true })}
      >
        <Show when={shown() !== 'everyone'} fallback={<Directory />}>
          <Answer of={loading} label={t('loadingPeople')}>
            {() => (
              <Switch>
                <Match when={shown() === 'contacts'}>
                  <Show when={standing().incoming.length > 0}>
                    <Circle
                      title={t('askYou')}
                      people={standing().incoming}
                      verbs={(relation) => <ContactButton relation={relation()} />}
                    />
                  </Show>
                  <Circle
                    title={t('contacts')}
                    people={standing().accepted}
                    empty={t('noContacts')}
                    verbs={(relation) => <ContactButton relation={relation()} />}
                  />
                  <Show when={standing().outgoing.length > 0}>
                    <Circle
                      title={t('waitingAnswer')}
                      people={standing().outgoing}
                      verbs={(relation) => <ContactButton relation={relation()} />}
                    />
                  </Show>
                </Match>
                <Match when={shown() === 'follows'}>
                  <Circle
                    title={t('following')}
                    people={standing().follows}
                    empty={t('noFollows')}
                    note={(relation) => (relation.followsMe ? t('followsToo') : undefined)}
                    verbs={(relation) => <FollowButton relation={relation()} />}
                  />
                </Match>
                <Match when={shown() === 'blocks'}>
                  <Circle
                    title={t('blocked')}
                    people={standing().blocks}
                    empty={t('noBlocks')}
                    verbs={(relation) => <BlockButton relation={relation()} />}
                  />
                </Match>
              </Switch>
            )}
          </Answer>
        </Show>
      </Tabs>
    </Page>
  );
}
