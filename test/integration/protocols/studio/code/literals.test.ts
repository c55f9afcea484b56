// Literals of every language, read by the language itself: whatever a text holds comes out as it went in.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, constantFrom, oneof, sample, string } from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Language } from '../../../../../src/protocols/studio/code/languages';
import { lines, literal } from '../../../../../src/protocols/studio/code/literals';
import { describeLanguages, runProgram } from './codePrograms';

// Compilers and interpreters take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-literals-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const parting = '\u0001 the next \u0002';

/** Writes the texts, each with a mark behind it. */
const writing: Readonly<Record<Language, (literals: readonly string[]) => string>> = {
  curl: (all) => all.map((each) => `printf '%s' ${each}`).join('\n'),
  python: (all) => `import sys\nfor each in [${all.join(', ')}]:\n    sys.stdout.buffer.write(each.encode("utf-8"))`,
  r: (all) => `out <- pipe("cat", "wb")\nfor (each in c(${all.join(', ')})) writeBin(charToRaw(enc2utf8(each)), out)\nclose(out)`,
  csharp: (all) => `public static class P { public static void Main() { using (var o = System.Console.OpenStandardOutput()) foreach (var each in new[] { ${all.join(', ')} }) { var b = System.Text.Encoding.UTF8.GetBytes(each); o.Write(b, 0, b.Length); } } }`,
  javascript: (all) => `for (const each of [${all.join(', ')}]) process.stdout.write(each);`,
  powershell: (all) => `$o = [Console]::OpenStandardOutput()\nforeach ($each in @(${all.join(', ')})) { $b = [Text.Encoding]::UTF8.GetBytes($each); $o.Write($b, 0, $b.Length) }`,
};

const pieces = ["'", '"', '\\', '$', '`', '\n', '\r', '\r\n', "'''", '"""', "'@", '"@', '\nEOF\n', '${x}', '$(id)', '%s', '%', '{0}', '\\u0041', '\\n', '//', '*/', '#', '@', '!', '\u2018', '\u2019', '\u201a', '\u201b', '\u2028', '\u2029', '\u202e', '\u0085', '\u200b', '\ufeff', '\u007f', '\t', 'é', '日', '😀', '\u{e0041}', 'a', '1', '\u0301'];

describeLanguages((language) => `literals of ${language}`, (language) => {
  it('hold any text', async () => {
    const mixed = array(oneof(constantFrom(...pieces), string({ unit: 'binary', maxLength: 3 })), { maxLength: 12 }).map((parts) => parts.join(''));
    const texts = ['', ...pieces, ...pieces.map((each) => `${each}${each}`), pieces.join(''), ...sample(mixed, { numRuns: 150, seed: 1 })].map((text) => {
      const whole = text.replace(/\p{Cs}/gu, '\uFFFD');
      return language === 'curl' || language === 'r' ? whole.replaceAll('\0', '') : whole;
    });
    const written = texts.flatMap((text, index) => [index % 2 === 0 ? literal(language, text) : lines(language, text, 4), literal(language, parting)]);
    const ran = await runProgram(language, writing[language](written), folder, {});
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out.split(parting)).toEqual([...texts, '']);
  });
});
