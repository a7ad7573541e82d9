/**
 * How V8 is set for the server.
 * 32 MB of young generation: with less, what a post leaves behind grows old while others are in hand, which is costly to clear away; with more, each
 * idle socket holds more.
 * No pretenuring: V8 sees that what ten thousand people leave behind while they connect lives on, and puts whatever is made at the same places into
 * the old generation from then on. There each call that is answered and forgotten keeps all it had in hand until the whole heap is gone through.
 */
export const v8Flags = ['--max-semi-space-size=32', '--no-allocation-site-pretenuring'];
