// The packaged extension in a folder of its own, with one more protocol in its list, and what wakes it: nothing else of it is another.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { installVsix } from '../../host/server.mjs';
import { root } from '../../host/tools.mjs';

const { builds }: { builds: readonly BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');

const importOfFake = `import { fake } from ${JSON.stringify(join(root, 'test', 'ui', 'fakeProtocol', 'fake'))};\n`;

/** What a new protocol changes: the list, in front of the last one, which takes what is left, and what wakes the extension. */
const changes = [
  { file: /[\\/]src[\\/]protocols[\\/]registry\.ts$/, from: 'others: []', to: 'others: [fake]', first: importOfFake },
  { file: /[\\/]src[\\/]protocols[\\/]firstLook\.ts$/, from: '  // studio\n', to: '  /"rows"/,\n  // studio\n', first: '' },
] as const;

const oneMoreProtocol: Plugin = {
  name: 'one-more-protocol',
  setup({ onLoad }) {
    for (const { file, from, to, first } of changes) {
      onLoad({ filter: file }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes(from)) throw new Error(`${path} looks otherwise than this test thinks.`);
        return { contents: `${first}${text.replace(from, to)}`, loader: 'ts' };
      });
    }
  },
};

/** Installs it. `extensionsDir` is for VS Code; `remove` takes it away. */
export async function installWithFake(): Promise<{ readonly extensionsDir: string; readonly remove: () => void }> {
  const home = mkdtempSync(join(tmpdir(), 'azureml-fake-'));
  const extensionsDir = join(home, 'extensions');
  await installVsix(join(root, 'dist', 'azureml-web-services.vsix'), { dataDir: join(home, 'data'), extensionsDir });
  const folder = readdirSync(extensionsDir).find((name) => name.includes('azureml-web-services'));
  if (folder === undefined) throw new Error('The extension was not installed.');
  const own = builds.filter(({ external }) => external?.includes('vscode'));
  const inputs = new Set<string>();
  for (const options of own) {
    const plugins = [oneMoreProtocol, ...(options.plugins ?? [])];
    const outdir = join(extensionsDir, folder, 'dist');
    const { metafile } = await build({ ...options, absWorkingDir: root, outdir, sourcemap: false, metafile: true, plugins });
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  }
  if (![...inputs].some((input) => input.endsWith('fakeProtocol/fake.ts'))) throw new Error('The fake protocol is in no bundle.');
  return { extensionsDir, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}
