// Reading submissions of batch jobs: what is taken, and each refusal with the contract's code.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../../../src/sample/definition';
import { readBehaviour, usualBehaviour } from '../../../../src/sample/jobs/behaviour';
import { readConnectionString } from '../../../../src/sample/jobs/connectionString';
import { readJobRequest, type JobRequest } from '../../../../src/sample/jobs/request';

const connectionString = 'DefaultEndpointsProtocol=https;AccountName=days;AccountKey=c2VjcmV0';
const byKey = { ConnectionString: connectionString, RelativeLocation: '/in/a/days.csv' };
const byToken = { BaseLocation: 'http://127.0.0.1:1/days', RelativeLocation: 'in/days.tsv', SasBlobToken: '?sig=c2VjcmV0' };

function read(body: unknown): JobRequest {
  return readJobRequest(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), sampleDefinition, usualBehaviour);
}

describe('readJobRequest', () => {
  it('reads both forms of input, of reference and of numbers, and passes over what it does not know', () => {
    const key = { kind: 'account', endpoint: 'https://days.blob.core.windows.net/', account: 'days', key: 'c2VjcmV0', container: 'in', name: 'a/days.csv' };
    const token = { kind: 'token', endpoint: 'http://127.0.0.1:1/days/', sas: '?sig=c2VjcmV0', container: 'in', name: 'days.tsv' };
    expect(read({ Input: byKey, Outputs: null, GlobalParameters: null, AzureBatchPoolId: 'x' })).toEqual({ input: key, format: 'csv', parameters: {} });
    expect(read({ Input: null, Inputs: { input1: byToken }, Outputs: { output1: byKey }, GlobalParameters: { 'Run seconds': ' 1.5 ', 'Queue seconds': 0, 'Fail at row': '3' } }))
      .toEqual({ input: token, format: 'tsv', output: key, parameters: { runSeconds: 1.5, queueSeconds: 0, failAtRow: 3 } });
    expect(read({ Input: { ...byKey, RelativeLocation: 'in/DAYS.ARFF', BaseLocation: null, SasBlobToken: null }, Outputs: {} })).toMatchObject({ format: 'arff', input: { name: 'DAYS.ARFF' } });
  });

  it('takes the seed of all clients, but for its key that is none', () => {
    const seed = readFileSync('test/data/samples/bes-request-02-seed-single-input.json', 'utf8').replaceAll('mystorageaccountkey', 'c2VjcmV0');
    expect(read(seed)).toMatchObject({ input: { account: 'mystorageaccount', container: 'mycontainer', name: 'mydatablob.csv' }, output: { name: 'myresultsblob.csv' } });
  });

  const input = (reference: unknown): object => ({ Input: reference });
  const output = (reference: unknown): object => ({ Input: byKey, Outputs: { output1: reference } });
  it.each<[unknown, string, string]>([
    ['', 'RequestIsEmpty', 'no body'],
    ['{', 'RequestBodyInvalid', 'not JSON'],
    ['[]', 'RequestBodyInvalid', 'must be a JSON object, not an array'],
    [{}, 'MissingRequestInput', "neither 'Input' nor 'Inputs'"],
    [{ Input: byKey, Inputs: { input1: byKey } }, 'DuplicateInputInBatchCall', 'both'],
    [{ Inputs: [] }, 'RequestBodyInvalid', "'Inputs' must be an object"],
    [{ Inputs: {} }, 'BatchJobInputsNotSpecified', "lacks the input 'input1'"],
    [{ Inputs: { input1: byKey, input2: byKey } }, 'BatchJobInputsTooManySpecified', 'has 2 inputs'],
    [{ Inputs: { Input1: byKey } }, 'InvalidInputNames', "'Input1'"],
    [{ Inputs: { input1: null } }, 'MissingInputBlobInformation', "the input 'input1'"],
    [input('in/days.csv'), 'InvalidBlob', 'must be an object, not a string'],
    [input({ ...byKey, RelativeLocation: 5 }), 'InvalidBlob', "'RelativeLocation' of the input 'input1' must be a text, not a number"],
    [input({ ...byKey, RelativeLocation: '' }), 'MissingInputBlobInformation', "no 'RelativeLocation'"],
    [input({ ...byKey, RelativeLocation: '/days.csv' }), 'InputBlobRelativeLocationInvalid', 'a container and a blob'],
    [input({ ...byKey, RelativeLocation: 'in/days.txt' }), 'InvalidBlobExtension', 'Accepted: .csv, .tsv, .arff'],
    [input({ ...byKey, RelativeLocation: 'in.csv/days' }), 'InvalidBlobExtension', 'Accepted'],
    [input({ RelativeLocation: 'in/days.csv' }), 'MissingInputBlobInformation', "no 'ConnectionString'"],
    [input({ ...byToken, SasBlobToken: null }), 'MissingInputBlobInformation', "no 'SasBlobToken'"],
    [input({ ...byToken, BaseLocation: '' }), 'MissingInputBlobInformation', "no 'BaseLocation'"],
    [input({ ...byToken, SasBlobToken: 'sig=c2VjcmV0' }), 'InvalidBlob', 'begin with a question mark'],
    [input({ ...byToken, BaseLocation: '//c2VjcmV0' }), 'InvalidBlob', "'BaseLocation' of the input 'input1' must be an address"],
    [input({ ...byKey, ConnectionString: 'AccountKey=c2VjcmV0' }), 'InvalidBlobConnectionString', "it has no 'AccountName'"],
    [input({ ConnetionString: connectionString, RelativeLocation: 'in/days.csv' }), 'MissingInputBlobInformation', "no 'ConnectionString'"],
    [{ Input: byKey, Outputs: [] }, 'RequestBodyInvalid', "'Outputs' must be an object"],
    [{ Input: byKey, Outputs: { Output1: byKey } }, 'InvalidOutputOverrideName', "Its output is 'output1'"],
    [output(null), 'MissingOutputOverrideSpecification', "the output 'output1'"],
    [output({ RelativeLocation: 'out/days.csv' }), 'MissingOutputOverrideSpecification', "no 'ConnectionString'"],
    [output({ ...byKey, RelativeLocation: 'out/days.tsv' }), 'InvalidBlobExtension', 'Accepted: .csv.'],
    [{ Input: byKey, GlobalParameters: [] }, 'RequestBodyInvalid', "'GlobalParameters' must be an object"],
    [{ Input: byKey, GlobalParameters: { 'run seconds': 1 } }, 'UnexpectedParameter', "'run seconds'"],
    [{ Input: byKey, GlobalParameters: { 'Run seconds': 'long' } }, 'BadParameterValue', "'Run seconds' must be a number from 0"],
    [{ Input: byKey, GlobalParameters: { 'Queue seconds': -1 } }, 'BadParameterValue', "'Queue seconds'"],
    [{ Input: byKey, GlobalParameters: { 'Fail at row': 0 } }, 'BadParameterValue', "'Fail at row' must be a number from 1"],
  ])('refuses %.120j', (body, detailCode, words) => {
    const problem = expect.objectContaining({ status: 400, code: 'BadArgument', detailCode, message: expect.stringContaining(words) });
    expect(() => read(body)).toThrow(problem);
    expect(() => read(body)).not.toThrow(/c2VjcmV0/);
  });
});

describe('readConnectionString', () => {
  it.each([
    [`${connectionString};EndpointSuffix=core.example`, 'https://days.blob.core.example/'],
    [`BlobEndpoint=http://127.0.0.1:5/days/;accountname=days; AccountKey = c2VjcmV0 ;`, 'http://127.0.0.1:5/days/'],
    [`BlobEndpoint=http://127.0.0.1:5/days;AccountName=days;AccountKey=c2VjcmV0`, 'http://127.0.0.1:5/days/'],
    ['UseDevelopmentStorage=true', 'http://127.0.0.1:10000/devstoreaccount1/'],
  ])('finds the blob service of %j', (text, endpoint) => {
    expect(readConnectionString(text)).toMatchObject({ endpoint });
  });

  it.each([
    ['c2VjcmV0', 'NAME=VALUE'],
    ['AccountName=days', "no 'AccountKey'"],
    ['AccountName=days;AccountKey=c2V', 'not base64'],
    ['AccountName=days;AccountKey=<Key>', 'not base64'],
    ['AccountName=days;AccountKey=c2VjcmV0;BlobEndpoint=ftp://days/', 'no address'],
  ])('says what is wrong with %j', (text, words) => {
    expect(readConnectionString(text)).toContain(words);
    expect(readConnectionString(text)).not.toContain('c2V');
  });
});

describe('readBehaviour', () => {
  const behave = (jobs: unknown, current = usualBehaviour): ReturnType<typeof readBehaviour> => readBehaviour(Buffer.from(JSON.stringify({ jobs })), current);

  it('changes what is named and keeps the rest', () => {
    const first = behave({ statusForm: 'digits', runSeconds: 0.5 });
    expect(first).toEqual({ ...usualBehaviour, statusForm: 'digits', runSeconds: 0.5 });
    expect(behave({ unknownStatus: 'Paused', startStatus: 202, connectionStringOnly: true, times: 'none', sasSeconds: 1, queueSeconds: 2 }, first))
      .toEqual({ statusForm: 'digits', runSeconds: 0.5, unknownStatus: 'Paused', startStatus: 202, connectionStringOnly: true, times: 'none', sasSeconds: 1, queueSeconds: 2 });
    expect(behave({ unknownStatus: null }, { ...usualBehaviour, unknownStatus: 'Paused' })).toEqual(usualBehaviour);
  });

  it.each([
    [5, 'jobs must be an object, not a number'],
    [{ form: 1 }, 'jobs.form is not known here'],
    [{ statusForm: 'roman' }, 'jobs.statusForm must be name, number, spaced, canceledOneL, digits or keyWithBlank'],
    [{ times: 1 }, 'jobs.times must be year1, full or none'],
    [{ sasSeconds: 0 }, 'jobs.sasSeconds must be a whole number from 1'],
    [{ runSeconds: '1' }, 'jobs.runSeconds must be a number from 0'],
    [{ queueSeconds: -1 }, 'jobs.queueSeconds must be a number'],
    [{ connectionStringOnly: 1 }, 'jobs.connectionStringOnly must be true or false'],
    [{ unknownStatus: 7 }, 'jobs.unknownStatus must be a text or null'],
    [{ startStatus: 201 }, 'jobs.startStatus must be 200, 202 or 204'],
  ])('refuses %j', (jobs, message) => {
    expect(() => behave(jobs)).toThrow(message);
  });
});
