import type { Refused as Refusing } from '@koreromai/contract';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { useClient } from '../session/session.tsx';
import { Answer } from '../ui/answer.tsx';
import { createAsked } from '../ui/asked.ts';
import { Button } from '../ui/button.tsx';
import { createCommand } from '../ui/command.ts';
import { createPaged } from '../ui/paged.ts';
import { PagedList } from '../ui/paged-list.tsx';

/** What others see of my reading, and where I refused to be added again (M10, M11). */
export function Privacy() {
  return (
    <section class="settings-part" aria-labelledby="privacy-title">
      <h2 id="privacy-title">Privacy</h2>
      <Receipts />
      <Refusals />
      <A class="button button-quiet" href="/people?show=blocks">
        People you block
      </A>
    </section>
  );
}

function Receipts() {
  const { preferences } = useClient().api;
  const mine = createAsked(
    () => true,
    () => preferences.get.query(),
  );
  const setting = createCommand(async (receipts: boolean) => mine.set(await preferences.set.mutate({ receipts })));
  return (
    <Answer of={mine} label="Loading your preferences" rows={1}>
      {(held) => (
        <label class="setting">
          <input
            type="checkbox"
            checked={held().receipts}
            onChange={(event) => {
              const box = event.currentTarget;
              void setting.run(box.checked).then((done) => {
                if (!done) box.checked = held().receipts;
              });
            }}
          />
          <span class="setting-text">
            Read receipts
            <small>Others see how far you have read, and you see how far they have. Off: neither.</small>
          </span>
        </label>
      )}
    </Answer>
  );
}

function Refusals() {
  const { refusals } = useClient().api;
  const all = createPaged(
    () => true,
    (_always, cursor) => refusals.list.query({ cursor }),
  );
  const lifting = createCommand(async (refusing: Refusing) => {
    await refusals.lift.mutate({ targetId: refusing.id });
    all.change((held) => held.filter((each) => each.id !== refusing.id));
  });
  const nameOf = (refusing: Refusing) => refusing.user?.name ?? refusing.conversationName ?? 'A group without a name';
  return (
    <div class="settings-list">
      <h3 class="field-label">Where you cannot be added, and by whom</h3>
      <PagedList
        of={all}
        by={(refusing) => refusing.id}
        label="Loading what you refused"
        class="lines"
        empty={<p class="field-hint">Nothing. When you leave a group you can choose that nobody adds you to it again.</p>}
      >
        {(refusing) => (
          <li class="member">
            <span class="member-names">
              <bdi class="member-name">{nameOf(refusing())}</bdi>
              <span class="member-handle">
                <Show when={refusing().kind === 'person'} fallback="Nobody can add you to it again">
                  Cannot add you to anything
                </Show>
              </span>
            </span>
            <Button busy={lifting.busy()} aria-label={`Allow again: ${nameOf(refusing())}`} onClick={() => void lifting.run(refusing())}>
              Allow again
            </Button>
          </li>
        )}
      </PagedList>
    </div>
  );
}
