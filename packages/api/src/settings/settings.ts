import { defaultSettings, type InstanceSettings, instanceSettings } from '@koreromai/contract';
import { type Reader, type Stored, settingRows } from '@koreromai/db';

export interface SettingsHere {
  /** What holds now. Ask at every use and keep no copy: an admin may change it, in any process. */
  readonly current: InstanceSettings;
  /** Names that have a row already: what the environment says of them no longer counts. */
  readonly set: ReadonlySet<string>;
  /** Looks at the table now. */
  look(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly read: Reader;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds between looks: a change made in another process holds here after at most one of them. */
  readonly every: number;
}

/** What these rows say; a setting without a row has its default. */
export function settingsOf(rows: readonly Pick<Stored<'setting'>, 'name' | 'value'>[]): InstanceSettings {
  const stored = rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]);
  return instanceSettings.parse({ ...defaultSettings, ...Object.fromEntries(stored) });
}

/** The instance's settings in memory, kept true by looking at their few rows again and again. */
export async function createSettings({ read, onFault, every }: Options): Promise<SettingsHere> {
  let current = defaultSettings;
  let set: ReadonlySet<string> = new Set();
  let looking: Promise<void> | null = null;

  async function load(): Promise<void> {
    const rows = await settingRows(read);
    set = new Set(rows.map((r) => r.name));
    current = settingsOf(rows);
  }
  const inBackground = () => {
    looking ??= load()
      .catch(onFault) // what held before goes on holding
      .finally(() => {
        looking = null;
      });
  };

  await load();
  const timer = setInterval(inBackground, every).unref();
  return {
    get current() {
      return current;
    },
    get set() {
      return set;
    },
    look: load,
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
