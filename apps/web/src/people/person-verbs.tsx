import type { Relation } from '@koreromai/contract';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { Confirm } from '../ui/confirm.tsx';
import { t } from './words.ts';

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
        <Button busy={asking.busy()} aria-label={t('addAsContact', user().name)} onClick={() => void asking.run()}>
          {t('addContact')}
        </Button>
      }
    >
      <Match when={props.relation.contact === 'incoming'}>
        <span class="verbs">
          <Button look="primary" busy={answering.busy()} aria-label={t('acceptOf', user().name)} onClick={() => void answering.run(true)}>
            {t('accept')}
          </Button>
          <Button busy={answering.busy()} aria-label={t('declineOf', user().name)} onClick={() => void answering.run(false)}>
            {t('decline')}
          </Button>
        </span>
      </Match>
      <Match when={props.relation.contact === 'outgoing'}>
        <Button look="quiet" busy={ending.busy()} aria-label={t('takeBackOf', user().name)} onClick={() => void ending.run()}>
          {t('takeBack')}
        </Button>
      </Match>
      <Match when={props.relation.contact === 'accepted'}>
        <Button look="quiet" busy={ending.busy()} aria-label={t('removeContactOf', user().name)} onClick={() => void ending.run()}>
          {t('removeContact')}
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
  const named = () => t(props.relation.following ? 'unfollowOf' : 'followOf', user().name);
  return (
    <Button look={props.relation.following ? 'quiet' : 'outline'} busy={busy()} aria-label={named()} onClick={() => void run()}>
      {props.relation.following ? t('unfollow') : t('follow')}
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
        <Button busy={lifting.busy()} aria-label={t('unblockOf', user().name)} onClick={() => void lifting.run()}>
          {t('unblock')}
        </Button>
      }
    >
      <Button look="quiet" class="button-leave" aria-label={t('blockOf', user().name)} onClick={() => setAsking(true)}>
        {t('block')}
      </Button>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('blockAsked', user().name)}
        description={t('blockHint')}
        verb={t('block')}
        onConfirm={() => blocks.add.mutate({ userId: user().id })}
      />
    </Show>
  );
}
