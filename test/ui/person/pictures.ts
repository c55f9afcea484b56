// Pictures of the window: all of them for people to look at, the best of them for the README when they are asked for.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../host/tools.mjs';

/** Takes a picture; `readme` names the file of the README that it is for. */
export type Pictures = (name: string, readme?: string) => Promise<void>;

/** Pictures of a window. */
export function pictures(page: Page): Pictures {
  return async (name, readme) => {
    // What fades in or follows the mouse would look different each time.
    await page.mouse.move(640, 799);
    await page.evaluate('new Promise((done) => setTimeout(done, 400))');
    const folder = join(root, '.vscode-test', 'screenshots', 'person');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    if (readme === undefined || process.env['UPDATE_SCREENSHOTS'] !== '1') return;
    mkdirSync(join(root, 'media', 'screenshots'), { recursive: true });
    await page.screenshot({ path: join(root, 'media', 'screenshots', `${readme}.png`) });
  };
}
