// One event, one place.

import { describe, expect, it } from 'vitest';
import { placeOf, type TellableEvent } from '../../../src/ui/whereTold';

const places: readonly (readonly [TellableEvent, string])[] = [
  ['requestUnderWay', 'statusBar'], ['requestAnswered', 'statusBar'], ['requestFailed', 'message'], ['jobUnderWay', 'message'], ['jobLaunched', 'statusBar'], ['jobStopped', 'message'], ['jobEnded', 'message'],
];

describe('where an event is told', () => {
  it.each(places)('%s: on its page while that can be seen', (event) => expect(placeOf(event, true)).toBe('page'));
  it.each(places)('%s, without its page: %s', (event, place) => expect(placeOf(event, false)).toBe(place));
});
