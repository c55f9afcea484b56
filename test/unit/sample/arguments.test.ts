// The command line of the sample program, and the query of a call.

import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../src/sample/arguments';
import { checkOptionalVersion, checkVersion, readForm } from '../../../src/sample/query';

describe('readArguments', () => {
  it('takes any free port unless told otherwise', () => {
    expect(readArguments([])).toEqual({ kind: 'run', port: 0, blobPort: 0 });
  });

  it('reads every option, joined or apart', () => {
    const expected = { kind: 'run', port: 8080, blobPort: 8081, bits: 16, ngrams: 10, keyFile: 'a=b', folder: '/a b' };
    expect(readArguments(['--port', '8080', '--blob-port', '8081', '--bits', '16', '--ngrams', '10', '--key-file', 'a=b', '--folder', '/a b'])).toEqual(expected);
    expect(readArguments(['--port=8080', '--blob-port=8081', '--bits=16', '--ngrams=10', '--key-file=a=b', '--folder=/a b'])).toEqual(expected);
  });

  it('plays API Management where it is asked to, at ports of its own', () => {
    expect(readArguments(['--api-management'])).toEqual({ kind: 'run', port: 0, blobPort: 0, apiManagement: { armPort: 0, gatewayPort: 0 } });
    expect(readArguments(['--arm-port', '8082', '--api-management', '--gateway-port=8083']))
      .toMatchObject({ apiManagement: { armPort: 8082, gatewayPort: 8083 } });
    expect(readArguments(['--api-management', '--creation-seconds', '7'])).toMatchObject({ apiManagement: { creationSeconds: 7 } });
  });

  it('helps wherever it is asked to', () => {
    expect(readArguments(['--port', 'x', '--help'])).toEqual({ kind: 'help' });
    expect(readArguments(['-h'])).toEqual({ kind: 'help' });
  });

  it.each([
    [['--prot', '1'], '"--prot" is not an option of the sample service. See --help.'],
    [['8080'], '"8080" is not an option'],
    [['--port'], 'The option --port needs a value.'],
    [['--folder'], 'The option --folder needs a value.'],
    [['--key-file='], 'The option --key-file needs a value.'],
    [['--port', '65536'], 'The option --port must be a whole number from 0 to 65535.'],
    [['--blob-port', 'any'], 'The option --blob-port must be a whole number from 0 to 65535.'],
    [['--arm-port', '1'], 'The option --arm-port is only of use with --api-management.'],
    [['--creation-seconds', '1'], 'The option --creation-seconds is only of use with --api-management.'],
    [['--api-management', '--creation-seconds', '3601'], 'The option --creation-seconds must be a whole number from 0 to 3600.'],
    [['--api-management', '--gateway-port', '65536'], 'The option --gateway-port must be a whole number from 0 to 65535.'],
    [['--api-management=yes'], '"--api-management=yes" is not an option'],
    [['--port', '-1'], 'The option --port must be a whole number'],
    [['--port', '80.5'], 'The option --port must be a whole number'],
    [['--bits', '0'], 'The option --bits must be a whole number from 1 to 16.'],
    [['--bits', '17'], 'The option --bits must be a whole number from 1 to 16.'],
    [['--ngrams', '11'], 'The option --ngrams must be a whole number from 1 to 10.'],
  ])('refuses %j', (words, sentence) => {
    expect(readArguments(words)).toEqual({ kind: 'wrong', sentence: expect.stringContaining(sentence) });
  });
});

describe('readForm', () => {
  it.each([
    ['api-version=2.0', 'table'],
    ['api-version=2.0&details=false', 'table'],
    ['details=True&api-version=2.0', 'detailedTable'],
    ['api-version=2.0&format=swagger', 'rows'],
    ['api-version=2.0&details=true&format=swagger', 'rows'],
  ])('reads %s', (query, form) => {
    expect(readForm(new URLSearchParams(query))).toBe(form);
  });

  it.each([
    ['', 'BadVersionCall'],
    ['api-version=1.0', 'BadVersionCall'],
    ['api-version=2.0&details=yes', 'InvalidQueryParameter'],
    ['api-version=2.0&format=json', 'InvalidQueryParameter'],
    ['api-version=2.0&trace=1', 'InvalidQueryParameter'],
    ['api-version=2.0&details=true&details=true', 'InvalidQueryParameter'],
  ])('refuses %j', (query, detailCode) => {
    expect(() => readForm(new URLSearchParams(query))).toThrow(expect.objectContaining({ status: 400, code: 'BadArgument', detailCode }));
  });
});

describe('checkOptionalVersion', () => {
  it.each(['', 'api-version=2.0'])('lets %j pass', (query) => {
    expect(checkOptionalVersion(new URLSearchParams(query))).toBeUndefined();
  });

  it.each([
    ['api-version=3', 'BadVersionCall'],
    ['details=true', 'InvalidQueryParameter'],
  ])('refuses %j', (query, detailCode) => {
    expect(() => checkOptionalVersion(new URLSearchParams(query))).toThrow(expect.objectContaining({ detailCode }));
  });
});

describe('checkVersion', () => {
  it('wants the version and nothing else', () => {
    expect(checkVersion(new URLSearchParams('api-version=2.0'))).toBeUndefined();
    expect(() => checkVersion(new URLSearchParams(''))).toThrow(expect.objectContaining({ detailCode: 'BadVersionCall' }));
    expect(() => checkVersion(new URLSearchParams('api-version=2.0&details=true'))).toThrow(expect.objectContaining({ detailCode: 'InvalidQueryParameter' }));
  });
});
