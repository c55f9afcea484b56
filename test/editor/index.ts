// The entry of the tests that run inside VS Code: runs every bundled test file beside it and writes down what came out.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

const testTimeoutMs = 60_000;

/** One test, or one hook that failed. */
export interface TestOutcome {
  title: string;
  state: 'passed' | 'failed';
  durationMs: number;
  /** Why it failed. */
  message?: string;
}

/** What the file that EDITOR_TEST_RESULT names holds, as JSON. It is written anew after each test, so that it also tells where a run stood still. */
export interface EditorTestResult {
  finished: boolean;
  /** The title of the test that was running when this was written. */
  running?: string;
  tests: TestOutcome[];
}

/** Runs all tests. VS Code calls it; it rejects where a test failed or none ran. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: testTimeoutMs, forbidOnly: true, forbidPending: true, reporter: Quiet });
  for (const entry of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (entry.endsWith('.test.js')) {
      mocha.addFile(join(__dirname, entry));
    }
  }

  const result: EditorTestResult = { finished: false, tests: [] };
  const write = (): void => {
    const file = process.env['EDITOR_TEST_RESULT'];
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify(result));
    }
  };

  try {
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('test', (test) => {
        result.running = test.fullTitle();
        write();
      });
      runner.on('pass', (test) => {
        result.tests.push({ title: test.fullTitle(), state: 'passed', durationMs: test.duration ?? 0 });
      });
      // A failed hook comes here as well, under a title of its own.
      runner.on('fail', (test, error: Error) => {
        result.tests.push({ title: test.fullTitle(), state: 'failed', durationMs: test.duration ?? 0, message: error.stack ?? error.message });
      });
    });
  } catch (error) {
    result.tests.push({ title: 'Loading the test files', state: 'failed', durationMs: 0, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }

  result.finished = true;
  delete result.running;
  write();
  const failed = result.tests.filter((test) => test.state === 'failed');
  if (failed.length > 0 || result.tests.length === 0) {
    throw new Error(result.tests.length === 0 ? 'No test ran.' : `${failed.length} of ${result.tests.length} tests failed: ${failed.map((test) => test.title).join('; ')}`);
  }
}

/** A reporter that says nothing: the one who started the run reports, from the result file. */
class Quiet extends Mocha.reporters.Base {
  override epilogue(): void {}
}
