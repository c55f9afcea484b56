// Programs of others on the sample: a validator of its description, and two clients that score rows and take a batch job from its upload to its deletion.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installPeers, peers } from '../peersFolder';
import { base, call, key } from './sampleClient';
import { built, endPrograms, startPrograms, type Built, type Programs } from './jobs/sampleJobsClient';

let installed: string;
let build: Built;
let sample: Programs;

beforeAll(async () => {
  installed = await installPeers();
  build = await built();
  sample = await startPrograms(build.program);
}, 300_000);
afterAll(async () => {
  await endPrograms(sample);
  build.remove();
});

interface Parser {
  validate(document: unknown): Promise<{ readonly definitions: Readonly<Record<string, Schema>> }>;
}

interface Schema {
  readonly type: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly 'x-nullable'?: boolean;
}

/** Checks the description, which is plain Swagger 2.0 then, and gives it with its references resolved. */
async function description(): ReturnType<Parser['validate']> {
  const entry = join(installed, 'node_modules', '@apidevtools', 'swagger-parser', 'lib', 'index.js');
  const { SwaggerParser }: { SwaggerParser: Parser } = await import(pathToFileURL(entry).href);
  return SwaggerParser.validate(JSON.parse((await call(sample.baseUrl, `${base}/swagger.json`, { method: 'GET' })).text));
}

/** What the clients need to know, for a blob of their own. */
function variables(blob: string): Readonly<Record<string, string>> {
  const { BaseLocation, RelativeLocation, SasBlobToken } = sample.byToken(`days/${blob}`, 'rcw');
  return { base: `${sample.baseUrl}${base}`, key, blob: `${BaseLocation}${RelativeLocation}`, sas: SasBlobToken, location: RelativeLocation, baseLocation: BaseLocation };
}

/** Runs a program of the peers; its output counts, not how it ends. */
function run(program: string, ...words: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(installed, 'node_modules', program), ...words], { cwd: peers, maxBuffer: 64 * 1024 * 1024 }, (_error, out, err) => resolve(out + err));
  });
}

/** Where a value is not what a schema says. */
function strays(value: unknown, { type, properties = {}, 'x-nullable': nullable }: Schema, path: string): string[] {
  if (value === null) return nullable ? [] : [`${path} is null`];
  if (typeof value !== type) return [`${path} is no ${type}`];
  return typeof value === 'object' ? Object.entries(value).flatMap(([name, member]) => {
    const schema = properties[name];
    return schema ? strays(member, schema, `${path}.${name}`) : [`${path}.${name} is not described`];
  }) : [];
}

it('a validator has nothing against the description, and jobs are as it says, null where it says so', async () => {
  const { definitions } = await description();
  const schema = definitions['BatchExecutionStatus'];
  expect(schema).toBeDefined();
  const input = { Input: sample.byKey(await sample.upload('described.csv', 'Col2\na\n')) };
  const submitted: string = JSON.parse((await sample.submit(input)).text);
  const ends = [await sample.start(input), await sample.start({ ...input, GlobalParameters: { 'Fail at row': 1 } })];
  const statuses = [await sample.status(submitted), ...await Promise.all(ends.map((id) => sample.end(id)))];
  expect(statuses.map(({ StatusCode }) => StatusCode)).toEqual(['NotStarted', 'Finished', 'Failed']);
  for (const status of statuses) expect(schema && strays(status, schema, 'status')).toEqual([]);
});

it('newman scores rows and runs a job', async () => {
  const [environment, report] = [join(build.folder, 'environment.json'), join(build.folder, 'newman.json')];
  const values = Object.entries(variables('newman.csv')).map(([name, value]) => ({ key: name, value }));
  writeFileSync(environment, JSON.stringify({ name: 'sample', values }));
  const words = ['run', 'sample.postman_collection.json', '-e', environment, '--reporters', 'json', '--reporter-json-export', report];
  const out = await run('newman/bin/newman.js', ...words);
  const { run: { stats, failures } }: { run: { stats: { assertions: object; items: { total: number } }; failures: { error: { message: string } }[] } } = JSON.parse(readFileSync(report, 'utf8'));
  expect({ out, failures: failures.map(({ error }) => error.message), ...stats.assertions }).toEqual({ out: '', failures: [], total: 11, pending: 0, failed: 0 });
  // The status was asked for more than once.
  expect(stats.items.total).toBeGreaterThan(11);
});

it('httpyac scores rows and runs a job', async () => {
  const given = Object.entries(variables('httpyac.csv')).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
  const out = await run('httpyac/bin/httpyac.js', 'send', 'sample.http', '--all', '--json', ...given);
  const { requests, summary }: { requests: { name: string; testResults?: { message: string; status: string }[] }[]; summary: object } = JSON.parse(out);
  const tests = requests.flatMap(({ name, testResults = [] }) => testResults.map(({ message, status }) => ({ name, message, status })));
  expect(tests.filter(({ status }) => status !== 'SUCCESS')).toEqual([]);
  expect(summary).toMatchObject({ failedTests: 0, erroredTests: 0, skippedTests: 0, failedRequests: 0, erroredRequests: 0 });
  const named = new Set(tests.map(({ name }) => name));
  for (const name of ['Score a table', 'Score row objects', 'Score without a key', 'Upload the input', 'job', 'Start the job', 'Fetch the result', 'Delete the job', 'Look for the job']) expect(named).toContain(name);
});
