// Secrets among global parameters: taken out at their places, whatever state the JSON is in.

import { describe, expect, it } from 'vitest';
import { withoutSecretParameters, withoutSecretParametersInTurns } from '../../../src/redaction/parameterMask';

const hidden = (text: string): string => withoutSecretParameters(text).text;
const dots = '"••••••••"';

describe('global parameters that look secret', () => {
  it.each([
    ['short ones', '{"GlobalParameters":{"SQL secret":"s3cr3","Token":"1234","n":1.10}}', `{"GlobalParameters":{"SQL secret":${dots},"Token":${dots},"n":1.10}}`],
    ['numbers', '{"GlobalParameters":{"pwd": 1234 , "n":2}}', `{"GlobalParameters":{"pwd": ${dots} , "n":2}}`],
    ['in any case', '{"globalparameters":{"apiSecret":"x"}}', `{"globalparameters":{"apiSecret":${dots}}}`],
    ['spelled with escapes', String.raw`{"Global\u0050arameters":{"api\u0053ecret":"x"}}`, String.raw`{"Global\u0050arameters":{"api\u0053ecret":${dots}}}`],
    ['in a second member', '{"GlobalParameters":{},"GlobalParameters":{"Token":"x"}}', `{"GlobalParameters":{},"GlobalParameters":{"Token":${dots}}}`],
    ['nested', '{"GlobalParameters":{"conf":{"a":[1,{"apiSecret":"x"}],"b":"y"},"c":"z"}}', `{"GlobalParameters":{"conf":{"a":[1,{"apiSecret":${dots}}],"b":"y"},"c":"z"}}`],
    ['whole objects and lists', '{"GlobalParameters":{"keys":{"a":{"b":["x"]}},"tokens":["x",2],"n":1}}', `{"GlobalParameters":{"keys":${dots},"tokens":${dots},"n":1}}`],
    ['by their values', '{"GlobalParameters":{"where":"Server=s;Pwd=p","list":["Server=s;Pwd=p"]}}', `{"GlobalParameters":{"where":${dots},"list":[${dots}]}}`],
    ['JSON as a text', String.raw`{"GlobalParameters":{"conf":"{\"apiSecret\":\"x\"}"}}`, `{"GlobalParameters":{"conf":${dots}}}`],
    ['among comments', '{"GlobalParameters" /* a */ : { // "b"\n "Token": /* c */ "x" } }', `{"GlobalParameters" /* a */ : { // "b"\n "Token": /* c */ ${dots} } }`],
    ['where the text is cut off', '{"GlobalParameters":{"Token":"abc', `{"GlobalParameters":{"Token":${dots}`],
    ['where an object is cut off', '{"GlobalParameters":{"keys":{"a":"b"', `{"GlobalParameters":{"keys":${dots}`],
    ['where it is no JSON', '{"GlobalParameters":{"Token":abc,"n":1}} and more', `{"GlobalParameters":{"Token":${dots},"n":1}} and more`],
  ])('are replaced: %s', (_what, text, expected) => {
    expect(hidden(text)).toBe(expected);
    // A second time there is nothing new to be found.
    expect(hidden(expected)).toBe(expected);
  });

  it.each([
    '{"GlobalParameters":{"Token":null,"key":"","keys":{},"tokens":[],"useKey":true,"rows":"10"}}', '{"Inputs":{"a":[{"Token":"1234"}]},"GlobalParameters":{}}',
    String.raw`{"note":"\"GlobalParameters\":{\"Token\":\"1234\"}"}`, '["GlobalParameters",{"Token":"1234"}]', '{"GlobalParameters":"Token"}', '"GlobalParameters":', '',
  ])('are not seen where there are none: %s', (text) => {
    expect(hidden(text)).toBe(text);
  });

  it('are told of, whole and in what they are made of', () => {
    const { values } = withoutSecretParameters('{"GlobalParameters":{"keys":{"first":"first-one","list":["second-one",77777777]},"where":"Server=s;Pwd=inner-word;Timeout=9","seed":"12345"}}');
    expect(values).toEqual(expect.arrayContaining(['first-one', 'second-one', '77777777', 'inner-word', 'Server=s;Pwd=inner-word;Timeout=9']));
    expect(values).not.toContain('12345');
  });

  it('are found wherever they stand in a long text, and nested without end, with pauses', async () => {
    const row = '["0.5","a word"],';
    for (const length of [1024 * 1024 - 40, 1024 * 1024 - 8, 1024 * 1024, 2_500_000]) {
      const filler = row.repeat(200_000).slice(0, length);
      let pauses = 0;
      const { text } = await withoutSecretParametersInTurns(`${filler}"GlobalParameters":{"Token":"1234"}${filler}`, () => Promise.resolve(void (pauses += 1)));
      expect(text === `${filler}"GlobalParameters":{"Token":${dots}}${filler}`).toBe(true);
      expect(pauses).toBeGreaterThan(0);
    }
    const deep = `{"GlobalParameters":${'{"a":'.repeat(100_000)}{"Token":"1234"}`;
    expect(hidden(deep).endsWith(`{"Token":${dots}}`)).toBe(true);
  });
});
