// The order of protocols counts: the first that recognises an address or reads a text, and what is left for the last.

import { describe, expect, it } from 'vitest';
import { InvalidBody } from '../../../src/model/errors';
import { firstThatReads, kindToAny, speakingTo, type Protocols } from '../../../src/protocols/choice';
import type { Protocol, TextKind } from '../../../src/protocols/protocol';
import { studio } from '../../../src/protocols/studio/studio';

/** A protocol of addresses and texts that hold its name, and the addresses that it was asked about. */
function named(id: string, kind: TextKind): Protocol & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...studio, id, asked,
    recognises: (address) => asked.push(address) > 0 && address.includes(id),
    readRequest: (json) => {
      if (json === 'bug') throw new TypeError('A fault of its own.');
      if (json.includes(id)) return { json, form: id };
      throw new InvalidBody({ sentence: `This is nothing for ${id}.` }, { offset: 0, length: 0 });
    },
    textKind: (text) => (text.includes(id) ? kind : text === 'begins' ? 'unclear' : 'other'),
  };
}

const [one, two, last] = [named('one', 'request'), named('two', 'batch'), named('last', 'either')];
const protocols: Protocols = { others: [one, two], last };

describe('an address', () => {
  it.each([['one', 'one'], ['two', 'two'], ['one two', 'one'], ['last', 'last'], ['', 'last'], ['last two', 'two']])('%j is for %s', (address, id) => {
    expect(speakingTo(address, protocols).id).toBe(id);
  });

  it('that nobody recognises is left to the last, which is not asked', () => {
    expect(speakingTo('https://h.test/', protocols)).toBe(last);
    expect(one.asked).toContain('https://h.test/');
    expect(last.asked).toEqual([]);
    expect(speakingTo('anything', { others: [], last }).id).toBe('last');
  });
});

describe('a text', () => {
  const read = (text: string): unknown => firstThatReads(protocols, (protocol) => protocol.readRequest(text).form);

  it.each([['one', 'one'], ['two', 'two'], ['last two', 'two'], ['last', 'last']])('%j is read by %s', (text, id) => expect(read(text)).toBe(id));

  it('that nobody can read is explained by the last, and a fault of another kind by nobody', () => {
    expect(() => read('')).toThrow('This is nothing for last.');
    expect(() => read('bug')).toThrow(TypeError);
  });

  it.each<[string, TextKind]>([['one two', 'request'], ['two', 'batch'], ['last', 'either'], ['begins', 'unclear'], ['', 'other']])('%j is of kind %s', (text, kind) => {
    expect(kindToAny(protocols, text, false)).toBe(kind);
  });

  it('is of no kind to protocols that know none by its shape', () => {
    const { score, readAnswer, readFault, check, facts, recognises, readRequest } = studio;
    const shapeless = { id: 'x', score, readAnswer, readFault, check, facts, recognises, readRequest };
    expect(kindToAny({ others: [], last: shapeless }, '{"Inputs":{"input1":[]}}', true)).toBe('other');
  });
});
