// The bundle that writes calls as code and tells of a service's operations: loaded on first use.

import { InvalidBody, InvalidInput } from '../../model/errors';
import type { Service } from '../../model/service';
import { besCode, operationCode, rrsCode } from './code/code';
import { formOf, longestRead } from './code/form';
import { languages, type Language } from './code/languages';
import { readScoreRequest } from './request';
import type { CallCode, CodeJob, ServiceCode } from '../code';
import { studioFacts } from './facts';
import { sampleRequest, serviceView } from './serviceView';

/** Writes calls to a service of this contract. */
export function studioCode(service: Service): ServiceCode {
  const job = (language: string, parts: CodeJob): string =>
    besCode(languageOf(language), { service, job: { ...parts, outputs: [] } }) ?? '';
  return {
    languages,
    request: (language, request) => rrsCode(languageOf(language), { service, ...sampleRequest({ request }) }),
    ...(studioFacts(service).noJobs === undefined ? { job } : {}),
    requestIn,
    page: (lastExchange) => serviceView(service, lastExchange),
  };
}

/** Writes single calls. */
export const callCode: CallCode = { languages, program: (language, call) => operationCode(languageOf(language), call) };

function languageOf(id: string): Language {
  const language = languages.find((each) => each.id === id);
  if (!language) throw new InvalidInput({ sentence: `There is no language "${id}" to write code in.` });
  return language.id;
}

function requestIn(text: string): string | undefined {
  // A long one stands in no program, so it is not taken to pieces.
  if (text.length > longestRead) return formOf(text) && text;
  try {
    return readScoreRequest(text).json;
  } catch (error) {
    if (error instanceof InvalidBody) return undefined;
    throw error;
  }
}
