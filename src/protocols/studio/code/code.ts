// A call to a service as a program in the person's language, with no key in it: one request, or a batch job from its input to its results.

import { csharpBes, csharpRrs } from './csharp';
import { curlBes, curlRrs } from './curl';
import { javascriptBes, javascriptRrs } from './javascript';
import { languages, type Language, type LanguageInfo } from './languages';
import { powershellBes, powershellRrs } from './powershell';
import { besProgram, rrsProgram, type BesProgram, type CalledService, type BesJob, type RrsProgram } from './program';
import { pythonBes, pythonRrs } from './python';
import { rBes, rRrs } from './r';

interface Writer {
  readonly rrs: (program: RrsProgram) => string;
  readonly bes: (program: BesProgram) => string;
}

const writers: Readonly<Record<Language, Writer>> = {
  curl: { rrs: curlRrs, bes: curlBes },
  python: { rrs: pythonRrs, bes: pythonBes },
  r: { rrs: rRrs, bes: rBes },
  csharp: { rrs: csharpRrs, bes: csharpBes },
  javascript: { rrs: javascriptRrs, bes: javascriptBes },
  powershell: { rrs: powershellRrs, bes: powershellBes },
};

/** One request. `notes` are sentences for the reader of the code. */
export interface RrsCall {
  readonly service: CalledService;
  readonly body: string;
  readonly notes?: readonly string[];
}

/** A program that sends `body`, which is sent as it is written but for what looks secret in it, and prints the answer. */
export function rrsCode(language: Language, { service, body, notes = [] }: RrsCall): string {
  return writers[language].rrs(rrsProgram(service, body, infoOf(language), notes));
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
