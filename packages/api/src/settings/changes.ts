import type { InstanceSettings } from '@koreromai/contract';
import { bytesOf, lookup } from '@koreromai/db';
import { changeKind, type Draft } from '@koreromai/realtime';
import { type Act, actorMay, actorRole, audit } from '../admin/audit.ts';
import { adminLock } from '../admin/govern.ts';

type Names = keyof InstanceSettings;

/** What the environment says of settings that nobody has set. Whoever comes first is right: two processes may start at once. */
export const settingsSeeded = changeKind<Partial<InstanceSettings>, void>()({
  name: 'settings.seeded',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide(input, _facts, draft) {
    for (const [name, value] of Object.entries(input)) draft.insert('setting', row(name, value, null, draft.now), 'ignore');
  },
});

/**
 * The look-up for a change that a setting decides, for `settingsOf`. Made under `adminLock`, which whoever changes a setting holds: once they
 * were told that it is done, nothing comes about any more by what held before.
 */
export const settingNow = (...names: Names[]) =>
  lookup(
    'setting',
    ['name', 'value'],
    ['name'],
    names.map((name) => [name]),
  );

/** An admin sets some of the settings. What has that value already is not written again. */
export const settingsChanged = changeKind<{ act: Act; settings: Partial<InstanceSettings> }, void>()({
  name: 'settings.changed',
  alone: true,
  streams: () => [adminLock],
  lookups: (inputs) => ({
    actor: actorRole(inputs.map((i) => i.act)),
    rows: lookup(
      'setting',
      ['name', 'value'],
      ['name'],
      inputs.flatMap((i) => Object.keys(i.settings).map((name) => [name])),
    ),
  }),
  facts: (found) => ({ actor: found.actor, stored: new Map(found.rows.map((r) => [r.name, r.value])) }),
  decide({ act, settings }, { actor, stored }, draft) {
    actorMay(act, actor, 'admin');
    const names = Object.keys(settings) as Names[];
    for (const name of names.filter((n) => stored.get(n) !== JSON.stringify(settings[n]))) put(draft, act, name, settings[name]);
  },
});

function put(draft: Draft, act: Act, name: Names, value: InstanceSettings[Names] | undefined): void {
  if (value === undefined) return;
  draft.insert('setting', row(name, value, act.actorId, draft.now), { set: ['value', 'updated_at', 'updated_by'] });
  audit(draft, act, { action: 'settings.changed', detail: { [name]: value } });
}

const row = (name: string, value: string | number, by: string | null, now: number) => ({
  name,
  value: JSON.stringify(value),
  updated_at: now,
  updated_by: by === null ? null : bytesOf(by),
});
