// Counts what the stages of `npm test` found, and reads the report that vitest writes.

import { sep } from 'node:path';

/** @typedef {{ title: string, message: string }} Failure */
/** @typedef {{ passed: number, failures: Failure[] }} Outcome What one stage found. A stage that did not work at all is one failure, never nothing. */

/**
 * The report of vitest's JSON reporter, as far as it is read here.
 * @typedef {object} VitestReport
 * @property {{ name: string, status: string, message?: string, assertionResults: { fullName: string, status: string, failureMessages?: string[] | null }[] }[]} testResults
 */

/**
 * Reads vitest's report. A skipped test counts as failed, as does a file that could not be loaded and a folder in which no test ran.
 * @param {VitestReport | undefined} report Undefined where vitest wrote none.
 * @param {string[]} projects Each project's tests lie in `test/<project>`.
 * @param {number} code The code that vitest ended with.
 * @returns {Outcome}
 */
export function readVitest(report, projects, code) {
  /** @type {Outcome} */
  const outcome = { passed: 0, failures: [] };
  const files = report?.testResults ?? [];
  for (const project of projects) {
    let tests = 0;
    for (const file of files.filter((each) => each.name.split(sep).join('/').includes(`/test/${project}/`))) {
      tests += file.assertionResults.length;
      for (const test of file.assertionResults) {
        if (test.status === 'passed') {
          outcome.passed += 1;
        } else {
          outcome.failures.push({ title: `${project}: ${test.fullName}`, message: test.failureMessages?.join('\n') || `It was not run (${test.status}).` });
        }
      }
      if (file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed')) {
        outcome.failures.push({ title: `${project}: ${file.name}`, message: file.message || 'The file failed outside its tests.' });
      }
    }
    if (tests === 0) {
      outcome.failures.push({ title: project, message: `No test of test/${project} ran.` });
    }
  }
  if (code !== 0 && outcome.failures.length === 0) {
    outcome.failures.push({ title: projects.join(' and '), message: `vitest ended with code ${code}, though no test failed. What it wrote is above.` });
  }
  return outcome;
}

/**
 * The last line of `npm test`.
 * @param {Outcome[]} outcomes
 * @returns {{ line: string, ok: boolean }}
 */
export function summary(outcomes) {
  const passed = outcomes.reduce((sum, each) => sum + each.passed, 0);
  const failed = outcomes.reduce((sum, each) => sum + each.failures.length, 0);
  return { line: `${passed} passed, ${failed} failed`, ok: failed === 0 && passed > 0 };
}
