/** The named places where a fault test may kill or stop the process. */
export type Point =
  | 'lane.locked'
  | 'lane.decided'
  | 'lane.beforeCommit'
  | 'lane.afterCommit'
  | 'lane.afterPublish'
  | 'lane.afterAck'
  | 'feed.attached'
  | 'feed.headsRead'
  | 'feed.replayed'
  | 'feed.live'
  | 'follow.handled';

/** Called at each place; does nothing outside fault tests. */
export type Probe = (point: Point) => void;

export const noProbe: Probe = () => {};
