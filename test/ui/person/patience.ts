// How long a person waits for something to appear before it counts as missing.

import { expect } from 'vitest';

/** In milliseconds. A machine that others use as well may stand still for a while. */
export const patienceMs = 30_000;

/** Between two looks, in milliseconds: whoever looks all the time leaves the page no time to do what is waited for. */
const lookMs = 150;

/** Reads again and again until what is read is as expected, as long as a person would wait. Only inside a test. */
export const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: patienceMs, interval: lookMs });
