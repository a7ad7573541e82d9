/** Every bound that a user can meet, in one table. Times are milliseconds, sizes bytes unless the name says otherwise. */
export const limits = {
  group: { minSeats: 3, maxSeats: 10, minActiveToPost: 2 },
  text: { maxCodePoints: 4_000 },
  name: { maxCodePoints: 80 },
  bio: { maxCodePoints: 500 },
  username: { min: 3, max: 32 },
  password: { min: 8, max: 1_000 },
  email: { max: 254 },
  page: { min: 1, max: 100, default: 50, analytics: 5 },
  /** `mailEvery`: the least time between letters of invitation to one address. */
  invitation: { lifetime: 14 * 24 * 3_600_000, mailEvery: 24 * 3_600_000 },
  session: { idle: 30 * 24 * 3_600_000, absolute: 180 * 24 * 3_600_000, touchEvery: 60_000 },
  /** K6: how long it is kept who signed in and who was refused, and of how many at most. */
  signIns: { keptFor: 90 * 24 * 3_600_000, kept: 100_000, sweepEvery: 600_000 },
  /** B4: how long a declined request stays unrepeated. */
  contact: { quiet: 30 * 24 * 3_600_000 },
  feed: { replayRows: 2_000, replayChunk: 200, tail: 256, passing: 32, headsEvery: 25_000, backlogBytes: 524_288 },
  /** R7, in one process: `perPerson` sockets of one account, and `strangers` of one network that have not said yet who they are. */
  socket: {
    perPerson: 20,
    strangers: 1_000,
    maxPayload: 65_536,
    maxSubscriptions: 64,
    maxRooms: 100,
    authenticateWithin: 5_000,
    pingEvery: 20_000,
    framesPerSecond: 200,
  },
  stream: { beatEvery: 15_000, stalled: 60_000 },
  http: { maxBatch: 20, maxJson: 262_144, bodyWithin: 30_000 },
  unreadCap: 99,
  /** L6: who types is told once in this time, and shown this long. */
  typing: { every: 3_000, shownFor: 6_000 },
  /** How long somebody without a connection still counts as here, how many people are told of it, and how often processes tell each other who is here. */
  presence: { grace: 10_000, told: 1_000, asked: 100, rollEvery: 15_000 },
  search: { maxLength: 200, maxTerms: 10, maxWords: 30 },
  attachments: { perMessage: 10, descriptionCodePoints: 1_000 },
  reactions: { perMessage: 20, maxLength: 64 },
  quote: { maxCodePoints: 200 },
  /** R9: how many handles of one text are looked at, and how many people it names at most. */
  mentions: { perMessage: 20 },
  pins: { perConversation: 50 },
  report: { maxLength: 500 },
  /** U8: what a zip can hold at most, of files and of their bytes; the rest is named in it. */
  export: { files: 40_000, fileBytes: 3_221_225_472 },
  previews: {
    perMessage: 3,
    maxUrl: 2_048,
    maxBytes: 1_048_576,
    maxHeader: 16_384,
    within: 5_000,
    maxRedirects: 3,
    /** Pages fetched at once by one process, and pages that may wait for it. */
    atOnce: 4,
    waiting: 100,
    /** How long what a page said is believed, and how long one that did not answer is left alone. */
    freshFor: 7 * 86_400_000,
    quietFor: 3_600_000,
    /** Pictures of pages: the longest sides once drawn anew, in pixels, the most that one then weighs, and how many are kept. */
    image: { width: 600, height: 400, maxBytes: 204_800, kept: 1_000 },
    title: 200,
    description: 300,
    site: 80,
  },
  /** What the setting `botsPerPerson` may be at most, and what one bot may have. Tokens are those that hold. */
  bots: { mostPerPerson: 100, tokens: 10, tokenDays: 3_650 },
  /** Incoming webhooks of one chat, and attachments of one message to them. */
  hooks: { perConversation: 10, attachments: 20 },
  /** Outgoing webhooks. */
  webhooks: {
    perConversation: 10,
    maxUrl: 2_048,
    /** Deliveries on their way at once from one process, and to one webhook. */
    atOnce: 8,
    atOncePerWebhook: 2,
    within: 15_000,
    /** Pauses before what failed is tried again, each a tenth shorter or longer; after the last one it has failed. */
    retryAfter: [5_000, 60_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 43_200_000, 86_400_000],
    /** Where nothing arrived for this long, nothing more is sent. */
    givesUpAfter: 3 * 86_400_000,
    /** How long it is kept what was sent. */
    keptFor: 30 * 86_400_000,
  },
  push: {
    /** Letters of a push service's address. */
    endpoint: 1_000,
    /** Devices of one person: one more, and the oldest is forgotten. */
    perPerson: 10,
    /** Messages on their way at once from one process, and to one person. */
    atOnce: 8,
    atOncePerPerson: 2,
    /** Who is connected and did something in this time is at it: a page that nobody looks at does nothing. */
    hereFor: 120_000,
    /** How long what follows a message is waited for, so that a burst is one notification. */
    gather: 1_000,
    within: 5_000,
    /** Pauses before what failed is tried again; after the last one it is given up. */
    retryAfter: [5_000, 30_000, 120_000, 600_000],
    /** Seconds a push service keeps a message for a device that is off. */
    keptFor: 86_400,
    text: 140,
  },
  rooms: {
    /** Milliseconds between rounds that hold what rooms are shown with against their stays. */
    recountEvery: 3_600_000,
  },
  media: {
    /** Of one uploaded file. */
    maxBytes: 26_214_400,
    /** Of a picture, all its frames together. */
    maxPixels: 50_000_000,
    maxFrames: 600,
    secondsToDraw: 20,
    /** The longest side of a small picture, and both sides of an avatar, in pixels. */
    thumbnail: 480,
    avatar: 256,
    nameCodePoints: 120,
    /** What one person's files, and everyone's together, may take. */
    userQuota: 1_073_741_824,
    serverQuota: 21_474_836_480,
    /** Uploads that one process takes in at once, and files that wait to be redrawn. */
    maxUploads: 100,
    uploadWithin: 300_000,
    /** An upload that was not sent is removed after this. */
    unsentFor: 86_400_000,
    sweepEvery: 15_000,
  },
} as const;

/**
 * Rate limits: at most `points` in any `per` milliseconds for one key.
 * `loopbackFree`: not counted for callers on this machine while the server listens on loopback only,
 * so that somebody who tries the product with eleven accounts never meets one.
 */
export const rates = {
  signUp: { points: 60, per: 3_600_000, key: 'address', loopbackFree: true },
  /** A5: guesses at one account from anywhere, and from one address at any account; a right password gives its try back. */
  signIn: { points: 20, per: 900_000, key: 'account', loopbackFree: false },
  signInAddress: { points: 20, per: 900_000, key: 'address', loopbackFree: true },
  /** Tries of one's own password while signed in. */
  password: { points: 20, per: 900_000, key: 'user', loopbackFree: false },
  forgot: { points: 20, per: 900_000, key: 'address', loopbackFree: false },
  lookUp: { points: 30, per: 60_000, key: 'user', loopbackFree: false },
  lookUpDaily: { points: 300, per: 86_400_000, key: 'user', loopbackFree: false },
  post: { points: 50, per: 10_000, key: 'user', loopbackFree: false },
  /** Its own purse: reading along in a busy chat must not use up the right to write. */
  /** Q3: per person and room. */
  roomPassword: { points: 5, per: 900_000, key: 'user', loopbackFree: false },
  read: { points: 200, per: 10_000, key: 'user', loopbackFree: false },
  search: { points: 120, per: 60_000, key: 'user', loopbackFree: false },
  /** Each one is told in every conversation of that person. */
  profile: { points: 60, per: 3_600_000, key: 'user', loopbackFree: false },
  typing: { points: 120, per: 60_000, key: 'user', loopbackFree: false },
  change: { points: 120, per: 60_000, key: 'user', loopbackFree: false },
  /** Pages fetched for the links in one person's messages. */
  preview: { points: 20, per: 60_000, key: 'user', loopbackFree: false },
  /** What comes at one incoming webhook. */
  hook: { points: 60, per: 60_000, key: 'hook', loopbackFree: false },
  /** Reports of people: each is read by somebody. */
  report: { points: 30, per: 3_600_000, key: 'user', loopbackFree: false },
  upload: { points: 60, per: 60_000, key: 'user', loopbackFree: false },
  export: { points: 5, per: 3_600_000, key: 'user', loopbackFree: false },
} as const;
export type RateName = keyof typeof rates;
