import type { Relation } from '@koreromai/contract';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';

/** Asking, answering and ending a contact: whichever of them makes sense now (B4). */
export function ContactButton(props: { relation: Relation }) {
  const { contacts } = useClient().api;
  const user = () => props.relation.user;
  const asking = createCommand(() => contacts.request.mutate({ person: user().id }));
  const answering = createCommand((accept: boolean) => contacts.answer.mutate({ userId: user().id, accept }));
  const ending = createCommand(() => contacts.remove.mutate({ userId: user().id }));
  return (
    <Switch
      fallback={
        <Button busy={asking.busy()} aria-label={`Add ${user().name} as a contact`} onClick={() => void asking.run()}>
          Add contact
        </Button>
      }
    >
      <Match when={props.relation.contact === 'incoming'}>
        <span class="verbs">
          <Button look="primary" busy={answering.busy()} aria-label={`Accept ${user().name}`} onClick={() => void answering.run(true)}>
            Accept
          </Button>
          <Button busy={answering.busy()} aria-label={`Decline ${user().name}`} onClick={() => void answering.run(false)}>
            Decline
          </Button>
        </span>
      </Match>
      <Match when={props.relation.contact === 'outgoing'}>
        <Button look="quiet" busy={ending.busy()} aria-label={`Take back the request to ${user().name}`} onClick={() => void ending.run()}>
          Take back
        </Button>
      </Match>
      <Match when={props.relation.contact === 'accepted'}>
        <Button look="quiet" busy={ending.busy()} aria-label={`Remove ${user().name} from my contacts`} onClick={() => void ending.run()}>
          Remove contact
        </Button>
      </Match>
    </Switch>
  );
}

export function FollowButton(props: { relation: Relation }) {
  const { follows } = useClient().api;
  const user = () => props.relation.user;
  const { busy, run } = createCommand(() =>
    props.relation.following ? follows.remove.mutate({ userId: user().id }) : follows.add.mutate({ userId: user().id }),
  );
  const verb = () => (props.relation.following ? 'Unfollow' : 'Follow');
  return (
    <Button
      look={props.relation.following ? 'quiet' : 'outline'}
      busy={busy()}
      aria-label={`${verb()} ${user().name}`}
      onClick={() => void run()}
    >
      {verb()}
    </Button>
  );
}

/** Blocking asks first and says what it does; lifting a block does not ask (B1). */
export function BlockButton(props: { relation: Relation }) {
  const { blocks } = useClient().api;
  const [asking, setAsking] = createSignal(false);
  const user = () => props.relation.user;
  const lifting = createCommand(() => blocks.remove.mutate({ userId: user().id }));
  return (
    <Show
      when={!props.relation.blocked}
      fallback={
        <Button busy={lifting.busy()} aria-label={`Unblock ${user().name}`} onClick={() => void lifting.run()}>
          Unblock
        </Button>
      }
    >
      <Button look="quiet" class="button-leave" aria-label={`Block ${user().name}`} onClick={() => setAsking(true)}>
        Block
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={`Block ${user().name}?`}
        description="They cannot write to you directly or add you to chats, and they are not told. In groups and rooms you share, you still read each other."
        verb="Block"
        onConfirm={() => blocks.add.mutate({ userId: user().id })}
      />
    </Show>
  );
}
