// Programs that run a batch job from its input to its results, run against the sample with its storage.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { besCode } from '../../../../../src/protocols/studio/code/code';
import type { Language } from '../../../../../src/protocols/studio/code/languages';
import { describeLanguages, runProgram, serviceAt, type Ran } from './codePrograms';
import { base, call, counters, key, plan } from '../../../sample/sampleClient';
import { built, endPrograms, resultOf, startPrograms, download, type Built, type Programs } from '../../../sample/jobs/sampleJobsClient';

// Compilers and interpreters take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const rows = 'Id,Col2\n1,This is a good day\n2,"Überall ""so"", ja"\n';

let build: Built;
let sample: Programs;
let expected: string;
beforeAll(async () => {
  build = await built();
  sample = await startPrograms(build.program);
  writeFileSync(join(build.folder, 'rows.csv'), rows);
  const location = await sample.upload('direct.csv', rows);
  expected = (await download(resultOf(await sample.end(await sample.start({ Input: sample.byKey(location) }))))).text;
});
afterEach(async () => {
  await call(sample.baseUrl, '/behaviour', { method: 'DELETE' });
  await call(sample.baseUrl, '/faults', { method: 'DELETE' });
});
afterAll(async () => {
  await endPrograms(sample);
  build.remove();
});

/** The address of a blob with its token. */
function addressOf(location: string, permissions: string): string {
  const { BaseLocation, SasBlobToken } = sample.byToken(location, permissions);
  return `${BaseLocation}${location}${SasBlobToken}`;
}

interface Job {
  readonly port?: string;
  readonly outputs?: readonly string[];
  readonly parameters?: string;
  /** Put in place of the time limit. */
  readonly limitSeconds?: number;
}

function run(language: Language, variables: Readonly<Record<string, string>>, { port, outputs = [], parameters = '{}', limitSeconds = 60 }: Job = {}): Promise<Ran> {
  const service = serviceAt(`${sample.baseUrl}${base}`);
  const code = besCode(language, { service, job: { inputs: [port === undefined ? {} : { port }], outputs, parametersJson: parameters } }) ?? '';
  // Where a job takes a moment, nobody is to wait five seconds for the next look.
  const impatient = code.replace(/\b(poll_?seconds ?(?:=|<-) ?)5\b/i, '$11').replace(/\b(time_?limit_?seconds ?(?:=|<-) ?)7200\b/i, (_, name: string) => name + limitSeconds);
  expect(impatient).not.toMatch(/poll_?seconds ?(?:=|<-) ?5|7200/i);
  return runProgram(language, impatient, build.folder, { AZUREML_SERVICE_KEY: key, ...variables });
}

const resultsIn = ({ folder }: Ran): string[] => readdirSync(folder).filter((name) => name.startsWith('result-'));

describeLanguages((language) => `a batch job in ${language}`, (language) => {
  it('uploads the input, saves the results, and deletes the job when that is requested', async () => {
    const input = addressOf(`days/${language} up/in.put.csv`.replace(language === 'curl' ? ' ' : '', ''), 'rcw');
    const ran = await run(language, { AZUREML_INPUT_SAS_URL: input.replace(' ', '%20'), AZUREML_INPUT_FILE: join(build.folder, 'rows.csv'), AZUREML_DELETE_JOB: '1' });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(resultsIn(ran)).toEqual(['result-output1.csv']);
    expect(readFileSync(join(ran.folder, 'result-output1.csv'), 'utf8')).toBe(expected);
    const id = /Submitted job (\w+)/.exec(ran.out)?.[1] ?? '';
    expect(ran.out).toMatch(/Uploading .*Submitted job .*Saved result-output1\.csv\r?\nDeleted job/s);
    expect((await call(sample.baseUrl, `${base}/jobs/${id}?api-version=2.0`, { method: 'GET' })).status).toBe(404);
    expect(ran.out).not.toContain('sig=');
  });

  it('uses a blob that is there, with named ports, a place for the output, and statuses that are numbers', async () => {
    const location = await sample.upload(`there-${language}.csv`, rows);
    await sample.behave({ statusForm: 'number', queueSeconds: 0.5 });
    const out = `days/out-${language}.csv`;
    const ran = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r'), AZUREML_OUTPUT_SAS_URL: addressOf(out, 'rcw') }, { port: 'input1', outputs: ['output1'] });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/^Status: 0\r?$/m);
    expect(readFileSync(join(ran.folder, 'result-output1.csv'), 'utf8')).toBe(expected);
    expect((await sample.blobs.getContainerClient('days').getBlobClient(`out-${language}.csv`).downloadToBuffer()).toString()).toBe(expected);
  });

  it('fetches a result by its name as it is written, whatever that would mean in an address', async () => {
    const input = await sample.upload(`named-${language}.csv`, rows);
    const name = `${language}/res%20x 50% a+b#1?${language === 'curl' ? '' : ' días'}.csv`;
    const location = await sample.upload(name, 'written\n');
    await sample.upload(name.replace('%20', ' '), 'another\n');
    const { BaseLocation, SasBlobToken } = sample.byToken(location, 'r');
    await plan(sample.baseUrl, { operation: 'status', status: 200, body: { StatusCode: 'Finished', Details: null, Results: { output1: { ConnectionString: null, RelativeLocation: location, BaseLocation, SasBlobToken } } } });
    const ran = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(input, 'r') });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(ran.folder, 'result-output1.csv'), 'utf8')).toBe('written\n');
  });

  it('waits as long as a busy service asks for, and reads a status with a blank in its name', async () => {
    const location = await sample.upload(`busy-${language}.csv`, rows);
    await sample.behave({ statusForm: 'keyWithBlank', startStatus: 202 });
    await plan(sample.baseUrl, { operation: 'status', throttle: { retryAfterSeconds: 2 } }, { operation: 'status', status: 429, headers: { 'Retry-After': '1' }, body: '{}' });
    const before = (await counters(sample.baseUrl)).calls.status;
    const ran = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/The service is busy \(503\); asking again in 2 s\r?\nThe service is busy \(429\); asking again in 1 s\r?\nSaved/);
    expect((await counters(sample.baseUrl)).calls.status - before).toBe(3);
  });

  it('tells why a job failed, and that one was cancelled', async () => {
    const location = await sample.upload(`fails-${language}.csv`, rows);
    const failed = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') }, { parameters: '{"Fail at row":2}' });
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(/The job failed: .*Row 2 cannot be hashed/s);
    expect(resultsIn(failed)).toEqual([]);
    await plan(sample.baseUrl, { operation: 'status', status: 200, body: { StatusCode: 'Canceled', Results: null, Details: null } });
    const cancelled = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') });
    expect(cancelled.code).toBe(1);
    expect(cancelled.err.trim()).toBe('The job was cancelled.');
  });

  it('asks on while the state is one that nobody knows, until its time is over, and no longer than the service knows the job', async () => {
    const location = await sample.upload(`odd-${language}.csv`, rows);
    await sample.behave({ unknownStatus: 'Odd' });
    const late = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') }, { limitSeconds: 1 });
    expect(late.code).toBe(1);
    expect(late.out).toMatch(/^Status: Odd\r?$/m);
    expect(late.err).toMatch(/The job .*is not over within 1 s\. It goes on without this program/);
    await plan(sample.baseUrl, { operation: 'status', status: 404, body: { error: { code: 'NotFound', message: 'There is no such job.' } } });
    const gone = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') });
    expect(gone.code).toBe(1);
    expect(gone.err).toMatch(/answered 404: .*There is no such job\./s);
    await plan(sample.baseUrl, { operation: 'status', status: 200, body: '<html>' });
    const strange = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') });
    expect(strange.code).toBe(1);
    expect(strange.err.trim()).toBe('The service answered, but not with the status of a job.');
  });

  it('says what is missing or refused, and no secret', async () => {
    const nothing = await run(language, {});
    expect(nothing).toMatchObject({ code: 1, out: '' });
    expect(nothing.err.trim()).toBe('Set the environment variable AZUREML_INPUT_SAS_URL to the address of a blob with its token.');
    const noToken = await run(language, { AZUREML_INPUT_SAS_URL: 'https://example.invalid/days/x.csv' });
    expect(noToken.err).toMatch(/^AZUREML_INPUT_SAS_URL is not the address of a blob with a token/);
    const address = addressOf('days/refused.csv', 'r');
    const wrongKey = await run(language, { AZUREML_SERVICE_KEY: 'another-0815', AZUREML_INPUT_SAS_URL: address });
    expect(wrongKey.err).toMatch(/answered 401: .*ScoreRequestUnauthorized/s);
    const notWritable = await run(language, { AZUREML_INPUT_SAS_URL: address, AZUREML_INPUT_FILE: join(build.folder, 'rows.csv') });
    expect(notWritable.err.trim()).toBe('The storage answered 403 when the input was uploaded. Check the token of AZUREML_INPUT_SAS_URL.');
    for (const { code, out, err } of [noToken, wrongKey, notWritable]) {
      expect(code).toBe(1);
      expect(out + err).not.toMatch(/sig=|0815/);
    }
  });

  it('writes nothing but results into its folder, whatever the outputs are called', async () => {
    const location = await sample.upload(`named-${language}.csv`, rows);
    await sample.upload('target.csv', 'a\n1\n');
    const reference = sample.byToken('days/target.csv', 'r');
    const token = reference.SasBlobToken.replaceAll('&', '\\u0026');
    const body = `{"StatusCode":4,"Results":{"../x y":{"ConnectionString":null,"RelativeLocation":"\\/${reference.RelativeLocation}","BaseLocation":"${reference.BaseLocation}","SasBlobToken":"${token}"}},"Details":null}`;
    await plan(sample.baseUrl, { operation: 'status', status: 200, body });
    const ran = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(resultsIn(ran)).toEqual(['result-___x_y.csv']);
    expect(readFileSync(join(ran.folder, 'result-___x_y.csv'), 'utf8')).toBe('a\n1\n');
    const elsewhere = `{"StatusCode":4,"Results":{"o":{"RelativeLocation":"etc/passwd","BaseLocation":"file:///","SasBlobToken":""}}}`;
    await plan(sample.baseUrl, { operation: 'status', status: 200, body: elsewhere });
    const refused = await run(language, { AZUREML_INPUT_SAS_URL: addressOf(location, 'r') });
    expect(refused.code).toBe(1);
    expect(refused.err.trim()).toBe('The output o has no address that can be called.');
    expect(resultsIn(refused)).toEqual([]);
  });
});
