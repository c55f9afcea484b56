// Pictures of the window: all of them for people to look at, the best of them for the README and the walkthrough when they are asked for.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../host/tools.mjs';

/** A part of the window, in pixels. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes a picture; `published` names the file in media/screenshots that it is for, and `part` what of the window it shows there. */
export type Pictures = (name: string, published?: string, part?: Part) => Promise<void>;

/** Pictures of a window. */
export function pictures(page: Page): Pictures {
  return async (name, published, part) => {
    // What fades in or follows the mouse would look different each time.
    await page.mouse.move(640, 799);
    await page.evaluate('new Promise((done) => setTimeout(done, 400))');
    const folder = join(root, '.vscode-test', 'screenshots', 'person');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    if (published === undefined || process.env['UPDATE_SCREENSHOTS'] !== '1') return;
    mkdirSync(join(root, 'media', 'screenshots'), { recursive: true });
    await page.screenshot({ path: join(root, 'media', 'screenshots', `${published}.png`), ...(part ? { clip: part } : {}) });
  };
}
