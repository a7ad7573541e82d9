import { limits } from '@koreromai/contract';
import { type Db, type Reader, searchIndexOf } from '@koreromai/db';
import {
  type Bus,
  createFollower,
  createLane,
  createLive,
  createLocalBus,
  createLog,
  createRedisBus,
  createRestraint,
  type Follower,
  type FollowerOptions,
  type Lane,
  type Live,
  type Log,
  type Meter,
  noMeter,
  noProbe,
  type Probe,
  type Project,
  sharedReading,
} from '@koreromai/realtime';
import { countersFolded } from './analytics/fold.ts';
import { createMedia, type Media } from './attachments/media.ts';
import { noStorage, type Storage } from './attachments/storage/storage.ts';
import { createSweep, type Sweep } from './attachments/sweep.ts';
import { createPasswords, type Passwords } from './auth/passwords.ts';
import { createCheck } from './events/check.ts';
import { createProject } from './events/project.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { jobKinds } from './jobs/kinds.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { createStandpoints, type Standpoints } from './messages/standpoints.ts';
import { createPresence, type Presence } from './presence/presence.ts';
import { type Reach, reachOf } from './presence/reach.ts';
import { createPace } from './presence/typing.ts';
import { previewFollower } from './previews/follow.ts';
import { createImages } from './previews/images.ts';
import { createPreviews, type Previews } from './previews/previews.ts';
import { pushFollower } from './push/follow.ts';
import { createPush, type Push } from './push/push.ts';
import { createRecount, type Recount } from './rooms/followers.ts';
import { createSeal, type Seal } from './seal.ts';
import { searchFollower } from './search/follow.ts';
import type { ServiceOptions } from './service-options.ts';
import { settingsSeeded } from './settings/changes.ts';
import { createSettings, type SettingsHere } from './settings/settings.ts';
import { webhookFollower } from './webhooks/follow.ts';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts';

export { standingFor, veilsFor } from './events/standing.ts';
export type { ServiceOptions };

/** What every procedure works with: one per process, made by the composition root or by a test's world. */
export interface Services {
  readonly db: Db;
  readonly read: Reader;
  readonly lane: Lane;
  readonly bus: Bus;
  readonly log: Log;
  readonly live: Live;
  readonly project: Project;
  readonly seal: Seal;
  readonly limiter: Limiter;
  readonly passwords: Passwords;
  /** What the admins decided: `settings.current.editWindow`. */
  readonly storage: Storage;
  /** Takes uploads in. */
  readonly media: Media;
  /** Takes files away. */
  readonly sweep: Sweep;
  /** Holds the followers of rooms against their stays. */
  readonly recount: Recount;
  readonly settings: SettingsHere;
  /** Who was found in which chat. */
  readonly standpoints: Standpoints;
  /** What the pages say that messages link to. */
  readonly previews: Previews;
  /** Tells browsers of messages while nobody is here. */
  readonly push: Push;
  /** Tells other systems of what happens in chats. */
  readonly webhooks: Webhooks;
  /** Work that goes on after its request was answered. */
  readonly jobs: Jobs;
  /** Who is here now. */
  readonly presence: Presence;
  /** How this process hears of others: through Redis, or by looking at the log. */
  readonly reach: Reach;
  /** Whether this person may be shown typing in this conversation again; by `person conversation`. */
  readonly typingPace: (key: string) => boolean;
  readonly probe: Probe;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly publicUrl: string;
  /** The server listens on loopback only, so callers on this machine are its owner trying it out. */
  readonly loopbackOnly: boolean;
  /** `requestId` where a request met it. */
  readonly onFault: (error: unknown, requestId?: string) => void;
  readonly meter: Meter;
  /** Starts a follower of the log. It ends with the process. */
  follow(follower: Pick<FollowerOptions, 'name' | 'start' | 'handle' | 'batch' | 'gather'>): Follower;
  /** Resolves when every follower has handled what is in the log now. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Puts one process together over an open database. `close` ends everything but the database. */
export async function createServices(options: ServiceOptions): Promise<Services> {
  const { db } = options;
  const now = options.now ?? Date.now;
  const onFault = options.onFault ?? (() => {});
  const probe = options.probe ?? noProbe;
  const meter = options.meter ?? noMeter;
  const redis = options.redisUrl ? createRedisBus({ url: options.redisUrl, secret: db.secret, onFault }) : null;
  const bus = redis ?? createLocalBus(onFault);
  const log = createLog(db.read);
  const seal = createSeal(db.secret, db.epoch);
  const settings = await createSettings({ read: db.read, onFault, every: options.settingsEvery ?? 500 });
  const check = createCheck(onFault);
  const project = createProject({ read: db.read, seal, now, publicUrl: options.publicUrl }, check);
  const live = await createLive({
    bus,
    log,
    project,
    check,
    onFault,
    pollEvery: options.pollEvery ?? 1_000,
    headsEvery: limits.feed.headsEvery,
    meter,
  });
  const lane = createLane({
    engine: (options.engine ?? ((e) => e))(db.engine()),
    publish: (events) => bus.ring({ pos: events.at(-1)?.pos ?? 0, events }),
    now,
    probe,
    meter,
    onFault,
  });
  live.follow((event) => lane.heard(event));
  const seeds = Object.fromEntries(Object.entries(options.seeds ?? {}).filter(([name]) => !settings.set.has(name)));
  if (Object.keys(seeds).length > 0) {
    await lane.change(settingsSeeded, seeds);
    await settings.look();
  }
  const followers: Follower[] = [];
  const reading = sharedReading(log);
  const restraint = createRestraint({ lane });
  const storage = options.storage ?? noStorage;
  const media = createMedia({ storage, read: db.read, lane, now, told: () => jobs.wake() });
  const sweep = createSweep({ storage, read: db.read, lane, now, onFault, every: limits.media.sweepEvery });
  const recount = createRecount({ db, lane, onFault, every: limits.rooms.recountEvery });
  const presence = createPresence({ read: db.read, bus, onFault, grace: options.presenceGrace ?? limits.presence.grace });
  const limiter = createLimiter(options.rateLimits ?? 'on', redis);
  const typingPace = createPace(now, limits.typing.every);
  bus.overhear(({ frame }) => frame.type === 'typing' && typingPace(`${frame.userId} ${frame.stream}`)); // told by another process: not again by us
  redis?.onUp(() => {
    void live.look();
    presence.ask();
  });
  const previews = createPreviews({
    fetch: options.previews ?? null,
    images: createImages({ storage, media, read: db.read, lane, now, onFault }),
    read: db.read,
    lane,
    limiter,
    now,
    onFault,
  });
  const push = createPush({ db, lane, post: options.pushes ?? null, presence, publicUrl: options.publicUrl, now, onFault });
  const webhooks = createWebhooks({ db, lane, project, send: options.webhooks ?? null, now, onFault });
  const services: Services = {
    db,
    read: db.read,
    lane,
    bus,
    log,
    live,
    project,
    seal,
    limiter,
    passwords: await createPasswords(options.hashing),
    storage,
    media,
    sweep,
    recount,
    settings,
    standpoints: createStandpoints(live),
    previews,
    push,
    webhooks,
    get jobs() {
      return jobs;
    },
    presence,
    typingPace,
    reach: reachOf(redis),
    probe,
    now,
    publicUrl: options.publicUrl,
    loopbackOnly: options.loopbackOnly ?? false,
    onFault,
    meter,
    follow(own) {
      const follower = createFollower({ ...own, read: db.read, log: reading, live, lane, now, onFault, probe, restraint });
      followers.push(follower);
      return follower;
    },
    async caughtUp() {
      await Promise.all(followers.map((follower) => follower.caughtUp()));
    },
    async close() {
      presence.close();
      for (const part of [sweep, recount, media, jobs, previews, push, webhooks]) await part.close();
      await Promise.all(followers.map((follower) => follower.close())); // they need the lane to let go
      for (const part of [lane, live, settings, bus]) await part.close();
    },
  };
  services.follow(searchFollower(db.read, searchIndexOf(db.url.dialect)));
  services.follow(countersFolded);
  if (previews.on) services.follow(previewFollower(db.read));
  if (push.on) services.follow(pushFollower(db.read, now));
  if (webhooks.on) services.follow(webhookFollower(db.read, now));
  const jobs = createJobs({ db, lane, kinds: jobKinds(services), now, onFault, every: options.jobsEvery ?? 1_000 });
  return services;
}
