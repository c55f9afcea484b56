// Names of downloaded results: whatever a job or an output is called, a file of one folder comes of it, and no two are one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct, resultFileName, usualPattern, type NameParts } from '../../../src/protocol/resultNames';

const parts: NameParts = { job: 'days.csv', id: 'abc', service: 'Weather', output: 'output1', at: Date.UTC(2026, 10, 21, 16, 5, 9), extension: '.csv' };

describe('a name', () => {
  it.each([
    [usualPattern, 'days-output1.csv'],
    ['${date} ${time} ${service} ${id}${extension}', '2026-11-21 16-05-09 Weather abc.csv'],
    ['${job}-${unknown}', 'days-${unknown}'],
    ['fixed.txt', 'fixed.txt'],
    ['../../${job}', '_.._days'],
    ['a/b\\c:d*e?"<f>|', 'a_b_c_d_e___f__'],
    ['ends. . .', 'ends'],
    ['', 'output1.csv'],
    ['   ', 'output1.csv'],
    ['...', 'output1.csv'],
    ['CON${extension}', '_CON.csv'],
    ['lpt1', '_lpt1'],
    ['console', 'console'],
  ])('made by %j is %j', (pattern, name) => {
    expect(resultFileName(pattern, parts)).toBe(name);
  });

  it.each(['days.csv', 'days.TSV', 'days.arff', 'days.json', 'days.jsonc'])('leaves the ending of %s out', (job) => {
    expect(resultFileName('${job}', { ...parts, job })).toBe('days');
  });

  it('is a file of the folder, whatever the other side calls things', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), fc.string({ unit: 'binary' }), (job, id, service, output) => {
      for (const pattern of [usualPattern, '${output}', '${service}${id}']) {
        const name = resultFileName(pattern, { ...parts, job, id, service, output });
        expect(name).toMatch(/^[^/\\<>:"|?*\p{Cc}]+$/u);
        expect(name).not.toMatch(/^\.{1,2}$|[. ]$/);
      }
    }), { numRuns: 300 });
  });

  it.each([
    ['天'.repeat(90), '-output1.csv'], ['😀'.repeat(90), '-output1.csv'], ['x'.repeat(400), '.csv'], [`${'x'.repeat(195)}. . . and more`, '.csv'], ['天'.repeat(90), `.${'é'.repeat(9)}`],
  ])('that would be too long for a disk is cut to 200 bytes at most, and keeps its ending: %s', (job, ending) => {
    const extension = ending.slice(ending.indexOf('.'));
    const name = resultFileName(`\${job}${ending.slice(0, -extension.length)}\${extension}`, { ...parts, job, extension });
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(name)).toBeGreaterThan(190);
    expect(name.endsWith(extension)).toBe(true);
    expect(job.startsWith(name.slice(0, -extension.length))).toBe(true);
    expect(name.slice(0, -extension.length)).not.toMatch(/[\ud800-\udbff. ]$/);
  });

  it('puts no value of one part into another', () => {
    expect(resultFileName('${job}-${output}', { ...parts, job: '${output}', output: '$&$1' })).toBe('${output}-$&$1');
  });
});

describe('names of one download', () => {
  it('are told apart by a number before the ending, whatever their case', () => {
    expect(distinct(['a.csv', 'A.CSV', 'a.csv', 'b', 'b', '.x', '.x'])).toEqual(['a.csv', 'A (2).CSV', 'a (3).csv', 'b', 'b (2)', '.x', '.x (2)']);
  });

  it('are told apart from those that have a number already', () => {
    expect(distinct(['a.csv', 'a (2).csv', 'a.csv'])).toEqual(['a.csv', 'a (2).csv', 'a (3).csv']);
    expect(distinct(['a.csv', 'a.csv', 'a (2).csv'])).toEqual(['a.csv', 'a (2).csv', 'a (2) (2).csv']);
  });
});
