// In what services say of themselves no key or token is kept, however it is spelled; their other words stay.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/model/job';
import { readStatus } from '../../../src/protocols/studio/bes';
import { maskWords } from '../../../src/redaction/maskWords';
import { jobText } from '../../../src/features/jobs/store/jobShape';
import { afterStatus } from '../../../src/features/jobs/store/progress';

const signature = 'Qw7%2BmnoPQR456stuVWX789abcDEF123yzaBCD000ef%3D';
const account = 'Ab9xYz02Nn8OPcqGlkUxKQMmFuEDYK2PVzVU60vvTSa7JGMvGr3VWFsDa5J7ur/L2TAGQUPur/LICHftpHNHxx==';
const word = 'ghiJKL123mnoPQR456';
const telling = ['mnoPQR456', 'Ab9xYz02Nn8OPcqG', word, signature];
const every = (text: string, spell: (code: string) => string): string => [...text].map((character) => spell(character.charCodeAt(0).toString(16))).join('');

const spellings: readonly string[] = [
  `?sv=1&sig=${signature}`, `?sv=1&amp;sig=${signature}`, `?sv=1&#38;sig&#61;${signature}`, `?sv=1\\u0026sig\\u003d${signature}`, `?sv=1\\\\u0026sig\\\\u003d${signature}`, encodeURIComponent(encodeURIComponent(encodeURIComponent(`?sig=${signature}`))),
  `sig = ${signature}`, `sig: ${signature}`, `{'sig': '${signature}'}`, `:sig => "${signature}"`, `<sig>${signature}</sig>`, `<a sig="${signature}"/>`, `sig=${signature.slice(0, 30)}`, `?sv=1&si\ng=${signature}`, `sig | ${signature}`, `sig -> ${signature}`, `sv,sig\n1,${signature}`,
  Buffer.from(`?sv=1&sig=${signature}`).toString('base64'), every(`?sig=${signature}`, (code) => `%${code}`), every(`?sig=${signature}`, (code) => `\\u${code.padStart(4, '0')}`),
  `AccountKey=${account}`, `AccountKey: ${account}`, `<AccountKey>${account}</AccountKey>`, `{"accountKey":"${account}"}`, `--account-key ${account}`, `Authorization: SharedKey acc:${account}`, `SharedKeyLite acc:${account}`, account, `x-functions-key: ${word}`, `storage key "${account}"`,
  `password: ${word}`, `pwd is ${word}`, `eyJhbGciOiJIUzI1NiJ9.${word}.abc`, `Bearer ${word}xyz`, `api-key: ${word}`, `"apiKey":"${word}"`, `Ocp-Apim-Subscription-Key: ${word}`, `ftp://u:${word}@h/`,
];
const places: Readonly<Record<string, (text: string) => object>> = {
  details: (text) => ({ StatusCode: 'Failed', Details: text }),
  'details that are an object': (text) => ({ StatusCode: 'Failed', Details: { a: [text], [text]: 1 } }),
  'the status': (text) => ({ StatusCode: `odd ${text}` }),
  'the name of a result': (text) => ({ StatusCode: 'Finished', Results: { [`o${text}`]: { RelativeLocation: 'c/a.csv', BaseLocation: 'https://h/' } } }),
  'its place': (text) => ({ StatusCode: 'Finished', Results: { o: { RelativeLocation: `c/a.csv${text}`, BaseLocation: `https://h/${text}` } } }),
  'a time': (text) => ({ StatusCode: 'Finished', CreatedAt: `2024-01-01 (${text})` }),
};
const job: Job = {
  key: '000000001-abcdefabcdef', service: { name: 's', address: 'https://h' }, title: 't', createdAt: 0, inputs: [], outputs: [], parameters: [], startsItself: true, connectionStrings: false,
  step: 'started', stepAt: 0, id: 'x', startedAt: 1, history: [],
};

describe.each(Object.entries(places))('%s', (_place, answer) => {
  it.each(spellings)('is kept without %j', (spelled) => {
    const reading = readStatus(JSON.stringify(answer(spelled)))?.reading;
    const text = reading ? jobText(afterStatus(job, reading, 1) ?? { ...job, status: reading }).replaceAll('\\n', '') : '';
    for (const part of [...telling, JSON.stringify(spelled).slice(1, -1)]) expect(text).not.toContain(part);
  });
});

describe('what is no secret', () => {
  it.each([
    'Error 1000: key not found in the dictionary', 'password: required', 'The design=new mysig=1 assignment has a key column', 'AllRowsMustHaveSameElements', 'request id: d605052f-63ea-4549-9ae0-fe8159fe02db', 'see https://host/Container1/MyInputFolder2017/AnotherFolderName/ResultFile3.csv',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'p-value sig: 0.00012345678', '{"sig":0.05,"Message":"bad row 7"}', 'at Microsoft.Analytics.Modules.Reader.Dll.ReaderModule2.RunImpl()',
  ])('stays: %s', (text) => {
    expect(maskWords(text)).toBe(text);
  });

  it('stays in what services were seen to say', () => {
    const folder = join(import.meta.dirname, '../../data/samples');
    for (const name of readdirSync(folder).filter((each) => /details|error/.test(each))) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(maskWords(text), name).toBe(text);
    }
  });
});
