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

const tabs = [
  { value: 'contacts', text: 'Contacts' },
  { value: 'follows', text: 'Following' },
  { value: 'blocks', text: 'Blocked' },
  { value: 'everyone', text: 'Everyone' },
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
    <Page title="People" actions={<AddContact />}>
      <Tabs
        label="People"
        tabs={tabs}
        value={shown()}
        onChoose={(show) => setParams({ show: show === 'contacts' ? null : show }, { replace: true })}
      >
        <Show when={shown() !== 'everyone'} fallback={<Directory />}>
          <Answer of={loading} label="Loading people">
            {() => (
              <Switch>
                <Match when={shown() === 'contacts'}>
                  <Show when={standing().incoming.length > 0}>
                    <Circle
                      title="They ask to be your contact"
                      people={standing().incoming}
                      verbs={(relation) => <ContactButton relation={relation()} />}
                    />
                  </Show>
                  <Circle
                    title="Contacts"
                    people={standing().accepted}
                    empty="Nobody yet. Ask somebody: both of you have to agree."
                    verbs={(relation) => <ContactButton relation={relation()} />}
                  />
                  <Show when={standing().outgoing.length > 0}>
                    <Circle
                      title="Waiting for an answer"
                      people={standing().outgoing}
                      verbs={(relation) => <ContactButton relation={relation()} />}
                    />
                  </Show>
                </Match>
                <Match when={shown() === 'follows'}>
                  <Circle
                    title="Following"
                    people={standing().follows}
                    empty="You follow nobody. Where people write to each other only when both follow, begin here."
                    note={(relation) => (relation.followsMe ? 'Follows you too' : undefined)}
                    verbs={(relation) => <FollowButton relation={relation()} />}
                  />
                </Match>
                <Match when={shown() === 'blocks'}>
                  <Circle
                    title="Blocked"
                    people={standing().blocks}
                    empty="You block nobody."
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
