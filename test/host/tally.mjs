// Counts what the stages of `npm test` found, and reads the report that vitest writes.

import { sep } from 'node:path';
import { findOnPath } from './processes.mjs';

/** @typedef {{ title: string, message: string }} Failure */
/**
 * What one stage found. A stage that did not work at all is one failure, never nothing.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {Failure[]} failures
 * @property {Record<string, number>} [leftOut] How many tests were left out for want of a program, by its name.
 */

/**
 * One test in the report of vitest's JSON reporter, as far as it is read here.
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] | null }} VitestAssertion
 */

/**
 * That report: the files with their tests.
 * @typedef {object} VitestReport
 * @property {{ name: string, status: string, message?: string, assertionResults: VitestAssertion[] }[]} testResults
 */

/** How the title of a test names a program that it cannot run without. */
const needs = /\[needs ([\w.-]+)\]/;

/**
 * Reads vitest's report. A skipped test counts as failed, as does a file that could not be loaded and a folder in which no test ran. The
 * one exception are tests whose titles name a program that they need, `[needs Rscript]`, where there is no such program on the PATH.
 * @param {VitestReport | undefined} report Undefined where vitest wrote none.
 * @param {string[]} projects Each project's tests lie in `test/<project>`.
 * @param {number} code The code that vitest ended with.
 * @param {(program: string) => boolean} [isThere] Whether a program is on the PATH.
 * @returns {Outcome}
 */
export function readVitest(report, projects, code, isThere = (program) => findOnPath([program]) !== undefined) {
  /** @type {Required<Outcome>} */
  const outcome = { passed: 0, failures: [], leftOut: {} };
  /** @param {{ fullName: string, status: string }} test @returns {string | undefined} The program for want of which it was left out. */
  const wanting = ({ fullName, status }) => {
    const program = status === 'skipped' || status === 'pending' ? needs.exec(fullName)?.[1] : undefined;
    return program === undefined || isThere(program) ? undefined : program;
  };
  const files = report?.testResults ?? [];
  for (const project of projects) {
    let tests = 0;
    for (const file of files.filter((each) => each.name.split(sep).join('/').includes(`/test/${project}/`))) {
      tests += file.assertionResults.length;
      for (const test of file.assertionResults) {
        const program = wanting(test);
        if (test.status === 'passed') {
          outcome.passed += 1;
        } else if (program !== undefined) {
          outcome.leftOut[program] = (outcome.leftOut[program] ?? 0) + 1;
        } else {
          const message = test.failureMessages?.join('\n') || `It was not run (${test.status}).`;
          outcome.failures.push({ title: `${project}: ${test.fullName}`, message });
        }
      }
      if (file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed' || wanting(test) !== undefined)) {
        outcome.failures.push({ title: `${project}: ${file.name}`, message: file.message || 'The file failed outside its tests.' });
      }
    }
    if (tests === 0) {
      outcome.failures.push({ title: project, message: `No test of test/${project} ran.` });
    }
  }
  if (code !== 0 && outcome.failures.length === 0) {
    const message = `vitest ended with code ${code}, though no test failed. What it wrote is above.`;
    outcome.failures.push({ title: projects.join(' and '), message });
  }
  return outcome;
}

/**
 * The last lines of `npm test`.
 * @param {Outcome[]} outcomes
 * @returns {{ line: string, leftOut: string | undefined, ok: boolean }} `leftOut` says which tests did not run for want of a program.
 */
export function summary(outcomes) {
  const passed = outcomes.reduce((sum, each) => sum + each.passed, 0);
  const failed = outcomes.reduce((sum, each) => sum + each.failures.length, 0);
  return { line: `${passed} passed, ${failed} failed`, leftOut: leftOutText(outcomes), ok: failed === 0 && passed > 0 };
}

/** How many lines of a failure, and characters of each, the list at the end has. */
const listed = { lines: 3, characters: 240 };

/**
 * All that failed, in a few lines each: where a run is far away, the end of what it printed may be all that comes back.
 * @param {Outcome[]} outcomes
 * @returns {string | undefined}
 */
export function failureList(outcomes) {
  const failures = outcomes.flatMap((each) => each.failures);
  if (failures.length === 0) {
    return undefined;
  }
  const lines = failures.flatMap(({ title, message }) => {
    const said = message.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    return [title, ...said.slice(0, listed.lines).map((line) => `    ${line.slice(0, listed.characters)}`)];
  });
  return ['Failed, with the beginning of what is told above:', ...lines].join('\n');
}

/** @param {Outcome[]} outcomes */
function leftOutText(outcomes) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [program, count] of outcomes.flatMap(({ leftOut }) => Object.entries(leftOut ?? {}))) {
    counts.set(program, (counts.get(program) ?? 0) + count);
  }
  if (counts.size === 0) {
    return undefined;
  }
  const all = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const programs = [...counts].map(([program, count]) => `${program} (${count})`).join(', ');
  return `${all} tests were left out, since these programs are not on the PATH: ${programs}.`;
}
