// Where the service's words about a policy lead to in the text.

import { expect, it } from 'vitest';
import { policyRefused } from '../../../../../src/features/apim/policyDocument/errors';
import { placeFaults } from '../../../../../src/features/apim/policyDocument/faults';

const text = '<policies>\r\n\t<inbound>\n        <rate-limit calls="1" />\r\t</inbound>\n</policies>';
const place = (message: string, of = text): unknown => placeFaults([{ message }], of).map(({ line, column, length, placed }) => [line, column, length, placed])[0];

it.each([
  ['of an element', "Error in element 'rate-limit' on line 3, column 10: Policy is not allowed", [2, 9, 10, true]],
  ['of an element that names a line in its words', "Error in element 'inbound' on line 2, column 3: see line 9, column 1", [1, 2, 7, true]],
  ['where it points before the name', 'Fault. Line 3, position 9.', [2, 9, 10, true]],
  ['of two tags: the later one', "The 'inbound' start tag on line 2 position 3 does not match the end tag of 'policies'. Line 5, position 3.", [4, 2, 8, true]],
  ['of a value', 'Bad. Line 3, position 28.', [2, 27, 1, true]],
  ['behind the end of a line', 'Bad. Line 2, position 99.', [1, 9, 1, true]],
  ['behind the last line', 'Unexpected end. Line 77, position 1.', [4, 0, 11, true]],
  ['none', 'Entity with specified identifier not found', [0, 0, 10, false]],
  ['that is none', 'Bad. Line 0, position 0.', [4, 0, 11, true]],
])('a place %s', (_, message, at) => {
  expect(place(message)).toEqual(at);
});

it('an empty text has a place too', () => {
  expect(place('Bad. Line 1, position 1.', '')).toEqual([0, 0, 0, true]);
});

it('the sentence names the place and has the words once', () => {
  const one = placeFaults([{ message: "Error in element 'rate-limit' on line 3, column 10: Policy is not allowed" }], text);
  expect(policyRefused('Weather', 'scores', one).message).toBe('scores rejected the policy of Weather. Line 3, column 10: Policy is not allowed');
  const none = placeFaults([{ message: 'Entity with specified identifier not found' }], text);
  expect(policyRefused('Weather', 'scores', none).message).toBe('scores rejected the policy of Weather: Entity with specified identifier not found');
});
