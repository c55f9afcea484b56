// Runs the programs that "Copy as Code" writes, in every language whose interpreter is found on this machine.

import { spawn } from 'node:child_process';
import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';
import type { Language } from '../../../../../src/protocols/studio/code/languages';
import type { CalledService } from '../../../../../src/protocols/studio/code/program';
import { parseEndpoint } from '../../../../../src/protocols/studio/endpoint';

/** How a program ended, and what it wrote. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The folder that it ran in. */
  readonly folder: string;
}

type Step = readonly [program: string, ...words: string[]];

/** What runs a file with a program of the language: steps of which each has to succeed. */
const steps: Readonly<Record<Language, readonly Step[]>> = {
  curl: [['sh', 'call.sh']],
  python: [['python3', 'call.py']],
  r: [['Rscript', '--vanilla', 'call.R']],
  csharp: [['mcs', '-codepage:utf8', '-langversion:7', '-r:System.Net.Http.dll', 'call.cs'], ['mono', 'call.exe']],
  javascript: [[process.execPath, 'call.mjs']],
  powershell: [['pwsh', '-NoProfile', '-File', 'call.ps1']],
};
const fileNames: Readonly<Record<Language, string>> = { curl: 'call.sh', python: 'call.py', r: 'call.R', csharp: 'call.cs', javascript: 'call.mjs', powershell: 'call.ps1' };

const languages: readonly Language[] = ['curl', 'python', 'r', 'csharp', 'javascript', 'powershell'];

/** The program that a language lacks here, and undefined where its programs can be run. */
function lacking(language: Language): string | undefined {
  return [...steps[language].map(([program]) => program), ...(language === 'curl' ? ['curl'] : [])].find((program) => !isThere(program));
}

/** The languages whose programs can be run here. */
export function present(): Language[] {
  return languages.filter((language) => lacking(language) === undefined);
}

/**
 * Tests of each language. Those of a language that cannot be run here are left out under a title that names the program they need, so that they
 * are counted and told of at the end of the run.
 */
export function describeLanguages(title: (language: Language) => string, tests: (language: Language) => void, which: readonly Language[] = languages): void {
  for (const language of which) {
    const lacks = lacking(language);
    describe.runIf(lacks === undefined)(lacks === undefined ? title(language) : `${title(language)} [needs ${lacks}]`, () => tests(language));
  }
}

/** Programs that were compiled already, by their text: compiling takes longer than running. */
const compiled = new Map<string, string>();

/** Writes a program into a folder of its own below `parent`, with the other files, and runs it with these variables and no others of ours. */
export async function runProgram(language: Language, code: string, parent: string, variables: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const folder = mkdtempSync(join(parent, `${language}-`));
  for (const [name, text] of Object.entries({ ...files, [fileNames[language]]: code })) writeFileSync(join(folder, name), text);
  let last: Ran = { code: null, out: '', err: '', folder };
  const before = compiled.get(code);
  // It goes with the folder of the file of tests that has compiled it.
  const known = before !== undefined && existsSync(before) ? before : undefined;
  if (known !== undefined) copyFileSync(known, join(folder, 'call.exe'));
  for (const step of known === undefined ? steps[language] : steps[language].slice(1)) {
    last = await run(step, folder, variables);
    if (last.code !== 0) break;
    if (step[0] === 'mcs') compiled.set(code, join(folder, 'call.exe'));
  }
  return last;
}

/** A service at this address. */
export function serviceAt(address: string, name = 'Sample'): CalledService {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name, endpoint: reading.endpoint, subscriptionKeyHeader: 'X-Gateway-Key' };
}

function run([program, ...words]: Step, folder: string, variables: Readonly<Record<string, string>>): Promise<Ran> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$|^AZUREML_/i.test(name)));
  const child = spawn(program, words, { cwd: folder, env: { ...env, LANG: 'C.UTF-8', ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err, folder }));
  });
}

function isThere(program: string): boolean {
  return program.includes('/') || (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
