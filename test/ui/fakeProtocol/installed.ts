// The packaged extension in a folder of its own, with one more line in its list of protocols: nothing else of it is another.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { installVsix } from '../../host/server.mjs';
import { root } from '../../host/tools.mjs';

const { builds }: { builds: readonly BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');

const registry = 'src/protocols/registry.ts';

/** The list with the fake protocol in front of the last one, which takes what is left. */
const oneMoreLine: Plugin = {
  name: 'one-more-line',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]protocols[\\/]registry\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const changed = text.replace('others: []', 'others: [fake]');
      if (changed === text) throw new Error(`The list of protocols in ${registry} looks otherwise than this test thinks.`);
      const own = JSON.stringify(join(root, 'test', 'ui', 'fakeProtocol', 'fake'));
      return { contents: `import { fake } from ${own};\n${changed}`, loader: 'ts' };
    });
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
    const plugins = [oneMoreLine, ...(options.plugins ?? [])];
    const outdir = join(extensionsDir, folder, 'dist');
    const { metafile } = await build({ ...options, absWorkingDir: root, outdir, sourcemap: false, metafile: true, plugins });
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  }
  if (![...inputs].some((input) => input.endsWith('fakeProtocol/fake.ts'))) throw new Error('The fake protocol is in no bundle.');
  return { extensionsDir, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}
