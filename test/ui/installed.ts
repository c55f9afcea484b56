// Installs the packaged extension once for all files of this folder, as a person's "Install from VSIX..." does.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installVsix } from '../host/server.mjs';
import { root } from '../host/tools.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of installed extensions that every VS Code of these tests is started with. None of them changes it. */
    readonly extensionsDir: string;
    /** Where browsers keep what they have loaded of VS Code, a folder for each of those that run side by side. */
    readonly browserDir: string;
  }
}

/** Vitest calls this before the first file, and what it returns after the last one. Throws with what to do when there is no package. */
export async function setup(project: TestProject): Promise<() => void> {
  const vsix = join(root, 'dist', 'azureml-web-services.vsix');
  if (!existsSync(vsix)) throw new Error('There is no dist/azureml-web-services.vsix to test. Run npm run package first, or npm test, which does it by itself.');
  const home = mkdtempSync(join(tmpdir(), 'azureml-installed-'));
  const extensionsDir = join(home, 'extensions');
  await installVsix(vsix, { dataDir: join(home, 'data'), extensionsDir });
  project.provide('extensionsDir', extensionsDir);
  project.provide('browserDir', join(home, 'browser'));
  return () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
