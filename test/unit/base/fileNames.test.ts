// Names of downloaded results: whatever a job or an output is called, a file of one folder comes of it, and no two are one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct, resultFileName, usualPattern, type NameParts } from '../../../src/base/fileNames';

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
    ['CON .csv', '_CON .csv'],
    ['nul.', '_nul'],
    ['COM¹', '_COM¹'],
    ['lpt³.txt', '_lpt³.txt'],
    ['com0', '_com0'],
    ['CONIN$', '_CONIN$'],
    ['conout$.csv', '_conout$.csv'],
    ['clock$', '_clock$'],
    ['NUL\u00a0.csv', '_NUL\u00a0.csv'],
    ['c\u200bon', '_con'],
    ['\u202evsc.exe', 'vsc.exe'],
    ['a\u2066b\u2069\ufeff\u00ad\u3164\u{e0041}c', 'abc'],
    ['a\u2028b\ud800c\uffff', 'a_b_c_'],
    ['x\u3000', 'x'],
    [' . .x', 'x'],
    ['e\u0301', '\u00e9'],
    ['${constructor}${__proto__}', '${constructor}${__proto__}'],
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
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|con(?:in|out)\$)\s*(?:\.|$)|[\p{Cf}\p{Cs}]/iu);
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

  it('has no day where the time is none', () => {
    for (const at of [Number.NaN, 1e20]) expect(resultFileName('${date} ${time}', { ...parts, at })).toBe('no date no time');
  });

  it('comes of long rows of what is cut off its ends', () => {
    for (const piece of ['.', ' ', '. ', '\u3000']) expect(resultFileName('${output}', { ...parts, output: `x${piece.repeat(100_000)}y${piece.repeat(100_000)}` })).toMatch(/^x/);
  });

  it('puts no value of one part into another', () => {
    expect(resultFileName('${job}-${output}', { ...parts, job: '${output}', output: '$&$1' })).toBe('${output}-$&$1');
  });
});

describe('names of one download', () => {
  it('are told apart by a number before the ending, whatever their case', () => {
    expect(distinct(['a.csv', 'A.CSV', 'a.csv', 'b', 'b', '.x', '.x'])).toEqual(['a.csv', 'A (2).CSV', 'a (3).csv', 'b', 'b (2)', '.x', '.x (2)']);
  });

  it('are told apart where a file system takes them for one', () => {
    expect(distinct(['\u00e9.csv', 'e\u0301.csv', '\u00c9.csv', 'ß', 'SS', 'ﬁ', 'fi'])).toEqual(['\u00e9.csv', 'e\u0301 (2).csv', '\u00c9 (3).csv', 'ß', 'SS (2)', 'ﬁ', 'fi (2)']);
  });

  it('are told apart in tens of thousands', () => {
    // With time that grows as the square this would not end within the test's limit.
    const names = distinct([...Array.from({ length: 10_000 }, () => 'same.csv'), ...Array.from({ length: 10_000 }, () => 'Same.csv')]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(20_000);
    expect(names.at(-1)).toBe('Same (20000).csv');
  });

  it('are told apart from those that have a number already', () => {
    expect(distinct(['a.csv', 'a (2).csv', 'a.csv'])).toEqual(['a.csv', 'a (2).csv', 'a (3).csv']);
    expect(distinct(['a.csv', 'a.csv', 'a (2).csv'])).toEqual(['a.csv', 'a (2).csv', 'a (2) (2).csv']);
  });
});
