// A call to a service as a program in the person's language, with no key in it: one request, or a batch job from its input to its results.

import type { CopiedCall } from '../../code';
import { csharpBes, csharpCall } from './csharp';
import { curlBes, curlCall } from './curl';
import { javascriptBes, javascriptCall } from './javascript';
import { languages, type Language, type LanguageInfo } from './languages';
import { powershellBes, powershellCall } from './powershell';
import { operationProgram } from './operation';
import { besProgram, rrsProgram, type BesProgram, type CalledService, type BesJob, type CallProgram } from './program';
import { pythonBes, pythonCall } from './python';
import { rBes, rCall } from './r';

interface Writer {
  readonly call: (program: CallProgram) => string;
  readonly bes: (program: BesProgram) => string;
}

const writers: Readonly<Record<Language, Writer>> = {
  curl: { call: curlCall, bes: curlBes },
  python: { call: pythonCall, bes: pythonBes },
  r: { call: rCall, bes: rBes },
  csharp: { call: csharpCall, bes: csharpBes },
  javascript: { call: javascriptCall, bes: javascriptBes },
  powershell: { call: powershellCall, bes: powershellBes },
};

/** One request. `notes` are sentences for the reader of the code. */
export interface RrsCall {
  readonly service: CalledService;
  readonly body: string;
  readonly notes?: readonly string[];
}

/** A program that sends `body`, which is sent as it is written but for what looks secret in it, and prints the answer. */
export function rrsCode(language: Language, { service, body, notes = [] }: RrsCall): string {
  return writers[language].call(rrsProgram(service, body, infoOf(language), notes));
}

/** A program that makes a call of any operation, as it was shown. */
export function operationCode(language: Language, call: CopiedCall): string {
  return writers[language].call(operationProgram(call, infoOf(language)));
}

/** A program that runs a batch job and saves its results; undefined for a service whose address has no place for jobs. */
export function besCode(language: Language, call: { readonly service: CalledService; readonly job: BesJob }): string | undefined {
  const program = besProgram(call.service, call.job, infoOf(language));
  return program && writers[language].bes(program);
}

function infoOf(language: Language): LanguageInfo {
  const info = languages.find(({ id }) => id === language);
  if (!info) throw new Error(`Unknown language: ${language}`);
  return info;
}
