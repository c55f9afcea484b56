// Four kinds of test run here: unit (no I/O beyond this process), integration (real sockets, files and programs), pages (the pages in a real
// Chromium, without VS Code) and ui (a real VS Code in a real Chromium).

import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { longestFirst } from './test/host/longestFirst.mjs';

/**
 * The tests of a folder that put something in the place of a module: such a file has a process of its own. All others share what was
 * loaded before them, which saves loading the sources for each of them anew.
 */
function apartOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\bvi\.(?:(?:do)?[mM]ock|resetModules)\(/.test(readFileSync(path, 'utf8')));
}

const unitApart = apartOf('test/unit');
const integrationApart = apartOf('test/integration');

/**
 * Tests that hold how time grows with a text end soon where it grows as it should: a busy machine gets time, and what grows with the square never
 * ends in it.
 */
const unitLimitMs = 30_000;

/** What is waited for comes within this on a busy machine as well; of its own vitest gives up after a second. In milliseconds. */
const expectations = { poll: { timeout: 20_000, interval: 100 } };

/** What takes so long hangs, in milliseconds: several of these tests run at once, and others may want the processors as well. */
const limitMs = 180_000;
const long = { testTimeout: limitMs, hookTimeout: limitMs, expect: expectations };

/** Begins with the files that take longest, within the kind of each: they have their list, since a fresh clone knows nothing but sizes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // What is of one project stays together, as vitest has it.
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const pathOf = ({ moduleId }: TestSpecification): string => relative(this.ctx.config.root, moduleId).replaceAll('\\', '/');
    return projects.flatMap((project) => longestFirst(sorted.filter((file) => file.project === project), pathOf));
  }
}

/** Files of the later kinds wait for programs and sockets most of the time, so that more of them run at once than there are processors. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: unitApart, testTimeout: unitLimitMs, isolate: false, maxWorkers: 2,
          expect: expectations, sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'unit-mocks', include: unitApart, testTimeout: unitLimitMs, maxWorkers: 2, expect: expectations, sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration', include: ['test/integration/**/*.test.ts'], exclude: integrationApart, isolate: false, ...long,
          maxWorkers: 4, sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration-mocks', include: integrationApart, ...long, maxWorkers: 4, sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'pages', include: ['test/pages/**/*.test.ts'], isolate: false, ...long, maxWorkers: 3, sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'ui', include: ['test/ui/**/*.test.ts'], globalSetup: ['test/ui/installed.ts'], isolate: false, ...long, hookTimeout: 300_000,
          maxWorkers: 2, sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
