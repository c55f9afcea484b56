// The programs of others that ours is tried on: fetched once, into a folder of their own.

import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../host/processes.mjs';
import { cached, root } from '../host/tools.mjs';

/** Where `test/peers` is, which says what they are. */
export const peers = join(root, 'test', 'peers');

/** Gives the folder that they are installed in. The first time takes a minute. */
export async function installPeers(): Promise<string> {
  const files = ['package.json', 'package-lock.json', '.npmrc'];
  // Other versions are another folder.
  const stamp = createHash('sha256').update(readFileSync(join(peers, 'package-lock.json'))).digest('hex').slice(0, 12);
  return cached(`peers-${stamp}`, 'Installing newman, httpyac and swagger-parser into .vscode-test', async (folder) => {
    for (const file of files) copyFileSync(join(peers, file), join(folder, file));
    const { code, output } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
    if (code !== 0) throw new Error(output);
  });
}
