// How the host of the tests chooses, installs and counts: the parts that need no VS Code.

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atLeast, choose } from '../../host/choice.mjs';
import { readResult } from '../../host/editorSuite.mjs';
import { needsInstall } from '../../host/install.mjs';
import { cleanEnv, run } from '../../host/processes.mjs';
import { remoteUri, workbenchUrl } from '../../host/server.mjs';
import { failureList, readVitest, summary } from '../../host/tally.mjs';

const desktop = { platform: 'linux', env: { DISPLAY: ':0' }, codeVersion: '1.139.1', least: '1.103.0', serve: false };

describe('choosing between the desktop and a browser', () => {
  it.each([
    ['a desktop with VS Code', {}, 'desktop'],
    ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'desktop'],
    ['macOS, which always has a display', { platform: 'darwin', env: {} }, 'desktop'],
    ['no display', { env: {} }, 'browser'],
    ['no VS Code', { codeVersion: undefined }, 'browser'],
    ['a VS Code that is too old', { codeVersion: '1.99.3' }, 'browser'],
    ['a `code` that says something else', { codeVersion: 'unknown' }, 'browser'],
    ['a terminal of a remote window', { env: { DISPLAY: ':0', VSCODE_IPC_HOOK_CLI: '/run/x' } }, 'browser'],
    ['a person who asks for the browser', { serve: true }, 'browser'],
  ])('%s', (_name, change, where) => {
    expect(choose({ ...desktop, ...change }).where).toBe(where);
  });

  it('compares versions by number', () => {
    expect([atLeast('1.103.0', '1.103.0'), atLeast('1.103.1', '1.103.0'), atLeast('2.0.0', '1.103.0'), atLeast('1.99.9', '1.103.0'), atLeast('', '1.0.0')]).toEqual([true, true, true, false, false]);
  });
});

describe('files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'host-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('installs packages when they are missing or older than the lock file, and else does not', () => {
    const lock = join(folder, 'package-lock.json');
    const installed = join(folder, 'node_modules', '.package-lock.json');
    writeFileSync(lock, '{}');
    expect(needsInstall(folder)).toBe(true);
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(installed, '{}');
    utimesSync(installed, 2000, 2000);
    utimesSync(lock, 1000, 1000);
    expect(needsInstall(folder)).toBe(false);
    utimesSync(lock, 3000, 3000);
    expect(needsInstall(folder)).toBe(true);
  });

  it.each([
    ['no result', undefined, undefined, [0, 1], 'the run wrote no final result'],
    ['no test', { finished: true, tests: [] }, undefined, [0, 1], 'no test ran'],
    ['a run that stood still', { finished: false, running: 'the third', tests: [{ title: 'first', state: 'passed', durationMs: 1 }] }, 'too late', [1, 1], 'too late, while this test ran: the third'],
    ['a run that broke off', { finished: false, tests: [{ title: 'first', state: 'passed', durationMs: 1 }] }, undefined, [1, 1], 'the run wrote no final result'],
    ['a bad end after good tests', { finished: true, tests: [{ title: 'first', state: 'passed', durationMs: 1 }] }, 'code 1', [1, 1], 'code 1'],
    ['a failed test', { finished: true, tests: [{ title: 'first', state: 'failed', durationMs: 1, message: 'why' }] }, 'code 1', [0, 1], 'why'],
  ])('counts %s as one failure', (_name, written, trouble, counts, message) => {
    const file = join(folder, 'result.json');
    if (written !== undefined) {
      writeFileSync(file, JSON.stringify(written));
    }
    const { passed, failed, failures } = readResult(file, trouble);
    expect([passed, failed]).toEqual(counts);
    expect(failures[0]?.message).toBe(message);
  });

  it('counts a good run as it is', () => {
    const file = join(folder, 'result.json');
    writeFileSync(file, JSON.stringify({ finished: true, tests: [{ title: 'first', state: 'passed', durationMs: 1 }] }));
    expect(readResult(file, undefined)).toMatchObject({ passed: 1, failed: 0, failures: [] });
  });
});

describe('counting', () => {
  const file = (status: string, tests: string[], folder = 'unit') => ({
    name: `/repository/test/${folder}/a.test.ts`,
    status,
    message: '',
    assertionResults: tests.map((each, index) => ({ fullName: `test ${index}`, status: each, failureMessages: [] })),
  });

  it.each([
    ['passed tests', [file('passed', ['passed', 'passed'])], 0, 2, 0],
    ['a failed test', [file('failed', ['passed', 'failed'])], 1, 1, 1],
    ['a skipped test', [file('passed', ['passed', 'skipped', 'todo'])], 0, 1, 2],
    ['a file that could not be loaded', [file('failed', []), file('passed', ['passed'])], 1, 1, 1],
    ['no file at all', [], 0, 0, 1],
    ['tests of another folder only', [file('passed', ['passed'], 'ui')], 0, 0, 1],
    ['an error outside all tests', [file('passed', ['passed'])], 1, 1, 1],
  ])('counts %s', (_name, testResults, code, passed, failed) => {
    const outcome = readVitest({ testResults }, ['unit'], code);
    expect([outcome.passed, outcome.failures.length]).toEqual([passed, failed]);
  });

  it('counts a missing report as a failure of each project', () => {
    expect(readVitest(undefined, ['unit', 'integration'], 1).failures).toHaveLength(2);
  });

  describe('of a test that needs a program', () => {
    const left = (fullName: string, isThere: boolean) => readVitest(
      { testResults: [{ name: '/a/test/integration/b.test.ts', status: 'passed', assertionResults: [{ fullName, status: 'skipped' }, { fullName: 'another', status: 'passed' }] }] },
      ['integration'], 0, () => isThere,
    );

    it('counts it as left out where the program is not there, and says so at the end', () => {
      const outcome = left('a request in r [needs Rscript] prints', false);
      expect(outcome).toEqual({ passed: 1, failures: [], leftOut: { Rscript: 1 } });
      expect(summary([outcome, outcome, { passed: 1, failures: [], leftOut: { mcs: 3 } }])).toEqual({
        line: '3 passed, 0 failed', ok: true, leftOut: '5 tests were left out, since these programs are not on the PATH: Rscript (2), mcs (3).',
      });
    });

    it('counts it as failed where the program is there, or where the title names none', () => {
      expect(left('a request in r [needs Rscript] prints', true).failures).toEqual([{ title: 'integration: a request in r [needs Rscript] prints', message: 'It was not run (skipped).' }]);
      expect(left('a request in r prints', false).failures).toHaveLength(1);
    });
  });

  it('sums up in one line, and finds nothing at all not good', () => {
    const failure = { title: 'a', message: 'b' };
    expect(summary([{ passed: 2, failures: [failure] }, { passed: 3, failures: [] }])).toEqual({ line: '5 passed, 1 failed', ok: false, leftOut: undefined });
    expect(summary([{ passed: 1, failures: [] }])).toEqual({ line: '1 passed, 0 failed', ok: true, leftOut: undefined });
    expect(summary([]).ok).toBe(false);
  });

  it('lists all that failed at the end, with the beginning of each', () => {
    const failure = (title: string, message: string) => ({ title, message });
    const outcomes = [{ passed: 2, failures: [failure('unit: a', 'Error: one\n\n    at x\n    at y\n    at z')] }, { passed: 0, failures: [failure('ui: b', 'z'.repeat(1000))] }];
    expect(failureList(outcomes)?.split('\n').slice(1)).toEqual(['unit: a', '    Error: one', '    at x', '    at y', 'ui: b', `    ${'z'.repeat(240)}`]);
    expect(failureList([{ passed: 1, failures: [] }])).toBeUndefined();
  });
});

describe('programs and addresses', () => {
  it('keeps what npm and an editor around it set out of the environment', () => {
    process.env['VSCODE_IPC_HOOK'] = 'x';
    const env = cleanEnv({ EXTRA: '1' });
    delete process.env['VSCODE_IPC_HOOK'];
    expect(Object.keys(env).filter((name) => /^(VITEST|VSCODE_|npm_package)/.test(name))).toEqual([]);
    expect(env['EXTRA']).toBe('1');
    expect(env['PATH']).toBe(process.env['PATH']);
  });

  it('tells how a program ended and what it wrote', async () => {
    expect(await run(process.execPath, ['-e', 'console.log("out"); process.exit(3)'], { cwd: tmpdir() })).toEqual({ code: 3, output: 'out\n' });
    expect((await run('no-such-program', [], { cwd: tmpdir() })).code).toBe(127);
  });

  it('names folders and files for the page', () => {
    const server = { url: 'http://127.0.0.1:4000', port: 4000 };
    expect(remoteUri(server, '/a b/c')).toBe('vscode-remote://127.0.0.1:4000/a%20b/c');
    expect(remoteUri(server, 'C:\\a\\b')).toBe('vscode-remote://127.0.0.1:4000/C:/a/b');
    const url = new URL(workbenchUrl(server, '/a b', [['extensionDevelopmentPath', 'x']]));
    expect([url.searchParams.get('folder'), url.searchParams.get('payload')]).toEqual(['/a b', '[["extensionDevelopmentPath","x"]]']);
  });
});
