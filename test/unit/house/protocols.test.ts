// Features reach a protocol through its interface and the list of protocols, never through its files; keys go into headers in one place.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sources, wholePath } from './imports';

const files = [...sources('src'), ...sources('media')];

/** The protocols: each is a folder, whose file of the same name is its value. */
const protocols = readdirSync(join(root, 'src/protocols'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** The protocol whose own file it is; undefined for one of all protocols, or of something else. */
function protocolOf(file: string): string | undefined {
  return /^src\/protocols\/([^/]+)\//.exec(file)?.[1];
}

function isStudio(file: string): boolean {
  return protocolOf(file) === 'studio';
}

interface Exception {
  readonly file: RegExp;
  readonly target: string;
  readonly names: readonly string[];
  readonly why: string;
}

const addresses = ['checkAddress', 'parseEndpoint', 'withHost', 'isWholeId', 'retiredHostNote', 'EndpointReading', 'MissingHost'];
const addressParts = ['endpointAddress', 'workspaceAddress', 'workspaceId', 'serviceId'];

const exceptions: readonly Exception[] = [
  ...protocols.map((name) => ({
    file: /^src\/protocols\/registry\.ts$/, target: `src/protocols/${name}/${name}.ts`, names: [name], why: 'The list names each protocol.',
  })),
  {
    file: /\/paste\w*\.ts$/, target: 'src/protocols/studio/endpoint.ts', names: addresses,
    why: 'What is pasted holds addresses of all forms, and code that was made for this contract.',
  },
  {
    file: /\/paste\w*\.ts$/, target: 'src/protocols/studio/endpointAddress.ts', names: addressParts,
    why: 'What is pasted is known again by its address.',
  },
  {
    file: /\/(?:serviceStore|serviceEntries|newService|addService|editAddress|readyLine)\.ts$/, target: 'src/protocols/studio/endpoint.ts', names: addresses,
    why: 'An address is read before it is known whose it is.',
  },
  {
    file: /\/(?:serviceStore|serviceEntries|newService|addService|editAddress|readyLine)\.ts$/, target: 'src/protocols/studio/endpointAddress.ts', names: addressParts,
    why: 'Services are told apart by their addresses.',
  },
  { file: /\/keyStore\.ts$/, target: 'src/protocols/studio/endpointAddress.ts', names: ['secretName'], why: 'Kept keys have these names.' },
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly names: readonly string[];
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /^(?:import|export)\s+(?:type\s)?(?:([^'"]*?)\sfrom\s+)?['"](\.[^'"]+)['"]|import\(['"](\.[^'"]+)['"]\)/gm;
  const found = [...text.matchAll(pattern)];
  return found.map(([, names = '*', from, dynamic]) => ({
    file, target: wholePath(file, from ?? dynamic ?? ''),
    names: names.replace(/[{}]/g, '').split(',').map((name) => name.trim().replace(/^type /, '')).filter((name) => name !== ''),
  }));
}

/** What reaches into a protocol from elsewhere, another protocol too. */
const into = files.flatMap(importsOf).filter(({ file, target }) => protocolOf(target) !== undefined && protocolOf(target) !== protocolOf(file));

function fits(exception: Exception, { file, target, names }: Import): boolean {
  return exception.file.test(file) && exception.target === target && names.every((name) => exception.names.includes(name));
}

describe('the files of a protocol', () => {
  it('are where this test thinks', () => {
    expect(files.filter(isStudio).length).toBeGreaterThan(20);
    expect(protocols).toContain('studio');
    expect(into.length).toBeGreaterThan(5);
  });

  it('are imported from elsewhere only where there is a reason', () => {
    expect(into.filter((each) => !exceptions.some((exception) => fits(exception, each)))).toEqual([]);
  });

  it.each(exceptions)('$target ($names): $why', (exception) => {
    expect(into.filter((each) => fits(exception, each))).not.toEqual([]);
  });
});

it('the protocol that tests add imports what one of the product may', () => {
  const imports = importsOf('test/ui/fakeProtocol/fake.ts').map(({ target }) => target);
  expect(imports.length).toBeGreaterThan(5);
  const mayBe = /^src\/(?:model|base|http|storage|tables|protocols)\/[\w.]+$|^src\/redaction\/index\.ts$/;
  expect(imports.filter((target) => !mayBe.test(target))).toEqual([]);
});

describe('outside of protocols', () => {
  const outside = files.filter((file) => !file.startsWith('src/protocols/'));
  const holding = (pattern: RegExp, list: readonly string[]): string[] =>
    list.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));

  it('nobody asks an address what it means for calls, but the reading of pasted texts', () => {
    const asking = holding(/\bisGateway\b|\bneedsServiceKey\(|\bendpoint\.form\b/, outside);
    expect(asking.filter((file) => !/\/paste\w*\.ts$/.test(file))).toEqual([]);
  });

  it('nobody looks for what a protocol calls things, but where the text may be of anybody', () => {
    const names = /GlobalParameters|ColumnNames|SasBlobToken/;
    expect(holding(names, outside.filter((file) => /^src\/(features|ui)\//.test(file) && !/\/paste\w*\.ts$/.test(file)))).toEqual([]);
  });

  it('nobody writes a key into a header', () => {
    expect(holding(/Bearer \$\{(?!mask\})|value: \w*(?:[sS]ubscription|[sS]ervice)Key\b/, files)).toEqual(['src/protocols/credential.ts']);
  });
});
