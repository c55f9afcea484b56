// Events: who raises one is not harmed by who listens. Lifetimes: all end, whatever one of them throws.

import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore, Emitter, reportListenerErrors } from '../../../src/model/lifetime';

afterEach(() => reportListenerErrors((error) => {
  throw error;
}));

it('a listener that throws stops neither the others nor whoever raises the event, and its error is told', () => {
  const [usual, own]: [unknown[], unknown[]] = [[], []];
  reportListenerErrors((error) => usual.push(error));
  for (const [emitter, told] of [[new Emitter<number>(), usual], [new Emitter<number>((error) => own.push(error)), own]] as const) {
    const received: number[] = [];
    emitter.event(() => {
      throw new Error('one');
    });
    emitter.event((value) => received.push(value));
    emitter.fire(7);
    expect(received).toEqual([7]);
    expect(told).toEqual([new Error('one')]);
  }
  expect(usual).toHaveLength(1);
});

describe('what is disposed together', () => {
  const store = (...names: readonly string[]): { readonly disposed: string[]; readonly dispose: () => void } => {
    const disposed: string[] = [];
    const all = new DisposableStore();
    for (const name of names) all.add({ dispose: () => {
      disposed.push(name);
      if (name.startsWith('bad')) throw new Error(name);
    } });
    return { disposed, dispose: () => all.dispose() };
  };

  it('goes from the last to the first, once', () => {
    const { disposed, dispose } = store('a', 'b');
    dispose();
    dispose();
    expect(disposed).toEqual(['b', 'a']);
  });

  it('goes on after one that throws, and its error is thrown at the end', () => {
    const { disposed, dispose } = store('a', 'bad', 'c');
    expect(dispose).toThrow(new Error('bad'));
    expect(disposed).toEqual(['c', 'bad', 'a']);
    expect(dispose).not.toThrow();
  });

  it('tells all errors of several', () => {
    const { disposed, dispose } = store('bad 1', 'b', 'bad 2');
    expect(dispose).toThrow(expect.objectContaining({ errors: [new Error('bad 2'), new Error('bad 1')] }));
    expect(disposed).toEqual(['bad 2', 'b', 'bad 1']);
  });
});
