// The house keeps its floors: who may import whom, and who may touch what is outside.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
  /** Imported when it is first needed. */
  readonly late: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm)];
  return found.map(([, type, from, dynamic]) => {
    const target = from ?? dynamic ?? '';
    return { file, target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target, typeOnly: type !== undefined, late: dynamic !== undefined };
  });
}

const all = [...sources('src'), ...sources('media')].flatMap(importsOf);

/** The room that a path of the project stands in. */
function room(path: string): string {
  const parts = path.split('/');
  if (parts[0] === 'media') return 'media';
  return parts.length === 2 ? (parts[1] ?? '').replace(/\.ts$/, '') : parts[1] ?? '';
}

/** What each room may import from the project, types included. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  protocol: ['model'],
  sample: ['model', 'protocol'],
  client: ['model', 'protocol'],
  state: ['model', 'protocol'],
  apim: ['model', 'protocol'],
  messages: ['model'],
  media: ['messages', 'model'],
  editor: ['model', 'protocol', 'client', 'state', 'apim', 'messages'],
  inspect: ['model', 'protocol', 'client'],
  roof: ['model', 'protocol', 'client', 'state', 'apim', 'messages', 'editor'],
  extension: ['editor', 'roof'],
};

describe('floors', () => {
  it('there is something to look at', () => {
    expect(all.length).toBeGreaterThan(200);
  });

  it.each(Object.entries(allowed))('%s imports only what is below it', (name, below) => {
    const bad = all.filter((each) => room(each.file) === name && /^(src|media)\//.test(each.target) && ![name, ...below].includes(room(each.target)));
    expect(bad).toEqual([]);
  });

  it('every room is known', () => {
    expect([...new Set(all.map((each) => room(each.file)))].filter((name) => !(name in allowed))).toEqual([]);
  });

  it('the pages import types only from the contract', () => {
    expect(all.filter((each) => room(each.file) === 'media' && each.target.startsWith('src/') && !each.typeOnly)).toEqual([]);
  });

  it('nobody imports the door, and only the door imports the roof', () => {
    expect(all.filter((each) => each.target === 'src/extension')).toEqual([]);
    expect([...new Set(all.filter((each) => each.target === 'src/roof').map((each) => each.file))]).toEqual(['src/extension.ts']);
  });
});

describe('the outside', () => {
  const who = (pattern: RegExp): string[] => [...new Set(all.filter((each) => pattern.test(each.target) && !each.typeOnly).map((each) => each.file))];

  it('vscode is known to the editor and the roof', () => {
    expect(who(/^vscode$/).filter((file) => !/^src\/(editor\/|extension\.ts|roof\.ts)/.test(file))).toEqual([]);
  });

  it('undici is known to the transport', () => {
    expect(who(/^undici/)).toEqual(['src/client/transport.ts']);
  });

  it('storage-blob is known to the calls to storage and to the sample', () => {
    expect(who(/^@azure\/storage-blob/).filter((file) => !/^src\/(client\/blob\w*\.ts|sample\/)/.test(file))).toEqual([]);
    expect(who(/^@azure\/storage-blob/)).not.toEqual([]);
  });

  it('no page knows Node, no floor below I/O does I/O', () => {
    const io = /^(node:)?(http|https|net|tls|fs|fs\/promises|child_process|dgram|dns)$/;
    expect(who(/^node:/).filter((file) => file.startsWith('media/'))).toEqual([]);
    expect(who(io).filter((file) => /^src\/(model|protocol|state)\//.test(file) || file === 'src/messages.ts')).toEqual([]);
  });

  it('what is loaded on first use is imported as a value nowhere at the top', () => {
    const late = /^src\/(roof|client\/(transport|scoring|checking|jobs|blobs|download|tables\/tables)|editor\/commands\/addService|editor\/code\/writing)$/;
    const early = all.filter((each) => late.test(each.target) && !each.typeOnly && !each.late);
    expect(early).toEqual([]);
  });
});

describe('files', () => {
  const files = [...sources('src'), ...sources('media'), ...sources('test')].filter((file) => !file.endsWith('.d.ts'));

  it.each(files)('%s does one thing: at most 300 lines, and a first line that says what it is for', (file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    expect(lines.length).toBeLessThanOrEqual(301);
    expect(lines[0]).toMatch(/^\/\/ ./);
  });
});

describe('the bundles', () => {
  it('share one copy of the error classes: a second one would not be recognised', async () => {
    const { build } = await import('esbuild');
    const { builds } = createRequire(import.meta.url)('../../../esbuild.js');
    const outputs = await Promise.all(builds.map((options: object) => build({ ...options, write: false, minify: false })));
    const holding = outputs.flatMap(({ outputFiles }) => outputFiles ?? []).filter((file) => file.path.endsWith('.js') && /super\((parts\.sentence|"Cancelled")\)/.test(file.text)).map((file) => file.path.replaceAll('\\', '/').replace(/.*\/dist\//, ''));
    expect(holding).toEqual(['errors.js']);
  }, 60_000);
});
