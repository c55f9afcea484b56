// Events: who raises one is not harmed by who listens.

import { afterEach, expect, it } from 'vitest';
import { Emitter, reportListenerErrors } from '../../../src/model/lifetime';

afterEach(() => reportListenerErrors((error) => {
  throw error;
}));

it('a listener that throws stops neither the others nor whoever raises the event, and its error is told', () => {
  const [usual, own]: [unknown[], unknown[]] = [[], []];
  reportListenerErrors((error) => usual.push(error));
  for (const [emitter, told] of [[new Emitter<number>(), usual], [new Emitter<number>((error) => own.push(error)), own]] as const) {
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('one');
    });
    emitter.event((value) => heard.push(value));
    emitter.fire(7);
    expect(heard).toEqual([7]);
    expect(told).toEqual([new Error('one')]);
  }
  expect(usual).toHaveLength(1);
});
