// Texts of services are read in time that grows with their length alone, and are cut where nobody reads them any more.

import { describe, expect, it } from 'vitest';
import { resultUrl } from '../../../../src/storage/blobAddress';
import { readJobId, readStatus } from '../../../../src/protocols/studio/bes';
import { explainDetails } from '../../../../src/protocols/studio/besDetails';
import { explainFault } from '../../../../src/protocols/studio/explain';
import { readFault } from '../../../../src/protocols/studio/fault';
import { shownParameters } from '../../../../src/protocols/jobParameters';
import { inputWarnings } from '../../../../src/features/jobs/inputWarnings';
import { maskTokens, secretValues } from '../../../../src/redaction/tokenMask';
import { maskWords } from '../../../../src/redaction/maskWords';
import { redactor } from '../../../../src/redaction/redactor';
import { toTableForm } from '../../../../src/protocols/studio/request';
import { readStorage } from '../../../../src/storage/storageText';
import { piecesOf } from '../../../../media/service/codePieces';
import { processorMs } from '../../processorTime';

const long = 100_000;
const many = (piece: string): string => piece.repeat(Math.ceil(long / piece.length));
const result = (parts: object): string => JSON.stringify({ StatusCode: 'Finished', Results: { o: { RelativeLocation: 'a', BaseLocation: 'https://h/', ...parts } } });

describe('time grows with the length alone', () => {
  it.each<[string, (() => unknown)]>([
    ['an id of quotes', () => readJobId(`x${many('"')}x`)],
    ['a location of question marks', () => readStatus(result({ RelativeLocation: many('?') }))],
    ['a base of question marks', () => readStatus(result({ BaseLocation: many('?') }))],
    ['the same module over and over', () => explainDetails(many('Module: '))],
    ['many modules', () => explainDetails(many('Module: a '))],
    ['a column far away', () => explainDetails(`column${many(' ')}x`)],
    ['a row far away', () => explainDetails(`row${many(' ')}x`)],
    ['blanks before the end of the process', () => explainDetails(`Error 0${many(' ')}x`)],
    ['lines of blanks', () => explainDetails(`${many('\n \n')}Process exited`)],
    ['an id far away', () => explainDetails(`requestId${many(' ')}`)],
    ['many ids of jobs', () => explainDetails(many('SNR Job Id: x '))],
    ['a base of slashes', () => resultUrl({ name: 'o', base: `https://h${many('/')}x`, location: 'a', sas: '' })],
    ['a header of digits', () => inputWarnings('a.csv', `${many('0')}\u0001,\n1,2`, true)],
    ['an ARFF file of empty lines', () => inputWarnings('a.arff', `${many('\n')}x`, true)],
    ['a header of many columns', () => inputWarnings('a.csv', `${Array.from({ length: long }, (_, index) => `c${index}`).join(',')}\n`, false)],
    ['a connection string of blanks', () => readStorage(`DefaultEndpointsProtocol=https;${many(' ')}x`, 0)],
    ['percent signs escaped over and over', () => maskWords(`%${many('25')}`)],
    ['many rows of percent signs escaped over and over', () => maskWords(many(`%${'25'.repeat(3000)} `))],
    ['details of percent signs escaped over and over', () => readStatus(JSON.stringify({ StatusCode: 'Failed', Details: many(`%${'25'.repeat(500)} `) }))],
    ['details of arrays in arrays', () => readStatus(`{"StatusCode":"Failed","Details":{"a":${many('[')}${many(']')}}}`)],
    ['ampersands escaped over and over', () => maskWords(`&${many('amp;')}#61;sig&${many('amp;')}`)],
    ['backslashes escaped over and over', () => maskWords(`\\${many('u005c')} ${many('\\u005cu005c')}`)],
    ['escapes of escapes', () => maskWords(many('\\u0025u0025%5cu0025%255cu005c%25'))],
    ['JSON that breaks off in JSON over and over', () => maskTokens(`["[${many('\\"[')}\\xpassword`)],
    ['the same in words', () => maskWords(`["[${many('\\"[')}\\xpassword`)],
    ['the same for keys that are known', () => redactor(['password']).text(`["[${many('\\"[')}\\xpassword`)],
    ['parameters in arrays in arrays', () => secretValues(JSON.parse(`{"a":${many('[')}"secret"${many(']')}}`))],
    ['a secret parameter in arrays in arrays', () => secretValues(JSON.parse(`{"password":${many('[')}"secret"${many(']')}}`))],
    ['parameters in arrays in a text', () => secretValues({ a: `${'['.repeat(4000)}"secret"${']'.repeat(4000)}` })],
    ['shown parameters in arrays in arrays', () => shownParameters(`{"a":${many('[')}${many(']')}}`)],
    ['code of quotes', () => [...piecesOf(many('"\\'))]],
  ])('with %s', (_what, read) => {
    const from = processorMs();
    read();
    // What grows with the square takes many seconds here, and all else a few hundredths of one.
    expect(processorMs() - from).toBeLessThan(3000);
  });
});

describe('what a service says is cut', () => {
  it('in a status answer', () => {
    const answer = readStatus(JSON.stringify({ StatusCode: many('Odd '), Details: many('word '), CreatedAt: `2024-01-01 (${many('x')})`, Results: { [many('n')]: { RelativeLocation: many('l'), BaseLocation: `https://h/${many('b')}` } } }));
    expect(JSON.stringify(answer?.reading).length).toBeLessThan(110_000);
    expect(answer?.reading.details).toMatch(/^word .*…\nThe text is cut here: the status answer of the service holds the rest\.$/);
    expect(answer?.reading.createdAt).toBeUndefined();
    expect(answer?.references[0]?.name).toBe(answer?.reading.results[0]?.name);
  });

  it('but not details of a usual length', () => {
    const details = 'word '.repeat(10_000);
    expect(readStatus(JSON.stringify({ StatusCode: 'Failed', Details: details }))?.reading.details).toBe(details);
  });

  it('in an error, which says so and where the rest is', () => {
    const context = { serviceName: 's', hasServiceKey: true, hasSubscriptionKey: false, subscriptionKeyHeader: 'x', location: undefined };
    const explained = (error: object) => explainFault(readFault({ status: 400, headers: [{ name: 'x-request-id', value: 'r1' }], text: JSON.stringify({ error }) }, 0), context);
    const words = explained({ code: 'BadArgument', message: many('word '), details: [{ code: many('c'), target: many('t'), message: 'm' }] });
    expect(JSON.stringify(words).length).toBeLessThan(20_000);
    expect(words.detail).toMatch(/…\nThe text is cut here: the body of the answer holds all of it\.\nRequest id: r1$/);
    expect(explained({ code: 'BadArgument', message: 'm', details: Array.from({ length: 5000 }, () => ({ code: 'c', message: 'x' })) }).detail).toMatch(/c: x\nThe text is cut here: the body of the answer holds all of it\.\nRequest id: r1$/);
    expect(explained({ code: 'BadArgument', message: 'm' }).detail).toBe('BadArgument: m\nRequest id: r1');
  });
});

describe('row objects that have little in common', () => {
  it('are not turned into a table that is many times as long', () => {
    const rows = Array.from({ length: 2000 }, (_, index) => `{"c${index}":1}`).join(',');
    expect(() => toTableForm(`{"Inputs":{"a":[${rows}]}}`)).toThrow('few columns in common');
    expect(toTableForm('{"Inputs":{"a":[{"b":1},{"c":2}]}}')).toBe('{"Inputs":{"a":{"ColumnNames":["b","c"],"Values":[[1,null],[null,2]]}}}');
  });
});

describe('strings and comments of code', () => {
  it('are those that are closed on their line, and lines of comment', () => {
    expect([...piecesOf('a "b\\"c" \'d\' # e\n  // f "g"\n"h\n\'i\' "j"\ndon\'t "k" \'l')].map(({ piece }) => piece)).toEqual(['"b\\"c"', "'d'", '  // f "g"', "'i'", '"j"', "'t \"k\" '"]);
  });
});
