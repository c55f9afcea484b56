// What is copied of a service whose protocol writes programs for requests alone.

import { beforeEach, expect, it, vi } from 'vitest';
import { copyCode, type CodeParts } from '../../../../../src/features/code/ui/copyCode';
import { isObject } from '../../../../../src/base/shape';
import type { CopiedCall, ServiceCode } from '../../../../../src/protocols/code';
import { service } from '../../jobs/runnerBench';

const editor = vi.hoisted(() => ({ copied: [] as string[], asked: [] as string[] }));
vi.mock('vscode', () => ({
  env: { clipboard: { writeText: (text: string) => Promise.resolve(void editor.copied.push(text)) } },
  window: {
    showInformationMessage: () => Promise.resolve(undefined),
    showQuickPick: ([item]: readonly unknown[], { placeHolder }: { readonly placeHolder: string }) => {
      editor.asked.push(placeHolder);
      return Promise.resolve(item);
    },
  },
}));
const code: ServiceCode = {
  languages: [{ id: 'c', name: 'C', needs: 'a compiler', vscodeLanguage: 'c' }], request: (language) => `request in ${language}`, requestIn: (text) => (text === '' ? undefined : text),
  page: () => ({ facts: [], notes: [], ways: [] }),
};
const writes = vi.hoisted(() => ({ jobs: false }));
vi.mock('../../../../../src/protocols/registry', async (original) => ({
  ...await original(),
  protocolOf: () => ({
    codeForCalls: () => Promise.resolve({
      languages: code.languages,
      program: (language: string, { headers, url }: CopiedCall) => `call of ${url} in ${language} with ${headers.map(({ name }) => name).join()}`,
    }),
    codeFor: () => Promise.resolve(writes.jobs ? { ...code, job: (language: string) => `job in ${language}` } : code) }),
}));

function isParts(value: unknown): value is CodeParts {
  return isObject(value);
}

const given: unknown = {
  services: { find: () => service }, reporter: { run: () => undefined }, memory: { get: () => undefined, update: () => Promise.resolve() },
  lastRequest: () => Promise.resolve(undefined),
};
expect.assert(isParts(given));
const parts = given;
const job = { kind: 'job', job: { service: { name: 'Weather', address: service.address }, inputs: [], parameters: [] } };

beforeEach(() => {
  editor.copied.length = 0;
  editor.asked.length = 0;
});

it('of a job nothing is, and that is said before a language is asked for', async () => {
  writes.jobs = false;
  await expect(copyCode(parts, job)).rejects.toMatchObject({
    name: 'InvalidInput', message: 'Batch jobs of "Weather" cannot be copied as code: no programs are written for those of its kind of service.',
  });
  expect(editor).toEqual({ copied: [], asked: [] });
});

it('of the service it is a request, and of a job the job where there are programs for it', async () => {
  writes.jobs = false;
  await copyCode(parts, service.address);
  writes.jobs = true;
  await copyCode(parts, job);
  expect(editor).toEqual({ copied: ['request in c', 'job in c'], asked: ['Choose a language', 'Choose a language'] });
});

it('of a call by hand to a service of the sidebar nothing is left out', async () => {
  const exchange = {
    address: service.address, service: { name: 'Weather' }, method: 'POST', url: `${service.address}/execute?format=swagger`, requestBytes: 2, requestBody: '{}',
    requestHeaders: [{ name: 'X-Mine', value: '1' }],
  };
  await copyCode(parts, { ...exchange, own: true });
  await copyCode(parts, exchange);
  expect(editor.copied).toEqual([`call of ${exchange.url} in c with X-Mine`, 'request in c']);
});
