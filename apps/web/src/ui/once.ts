import { type Accessor, createMemo } from 'solid-js';

/** True from the first time that it is: what was brought for something stays while it closes and opens. */
export const createOnce = (wanted: Accessor<boolean>): Accessor<boolean> => createMemo<boolean>((before) => before || wanted(), false);
