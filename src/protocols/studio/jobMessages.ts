// What can go wrong with an operation on a job, in words that fit jobs. Pure.

import type { ErrorParts } from '../../model/errors';
import type { Service } from '../../model/service';
import type { NetworkFailure, WireAnswer } from '../../model/wire';
import { explainFault } from './explain';
import { pageTitle, type Fault } from './fault';
import { headerValue } from '../../http/headers';
import { maskWords } from '../../redaction';
import type { Redactor } from '../../redaction';
import type { Credential } from '../../model/credential';
import { failureParts } from '../../http/failureParts';

/** Causes that only submissions and starts have (contract section 4.2). */
const causes: ReadonlyMap<string, Pick<ErrorParts, 'sentence' | 'advice'>> = new Map(
  Object.entries({
    DuplicateInputInBatchCall: { sentence: 'The submission has both "Input" and "Inputs".', advice: 'Keep one of them.' },
    BatchJobInputsNotSpecified: {
      sentence: 'The service expects an input that the job does not give.',
      advice: 'Name it under "Inputs", with the blob that holds it.',
    },
    MissingRequestInput: {
      sentence: 'The service expects an input that the job does not give.',
      advice: 'Name it under "Inputs", with the blob that holds it.',
    },
    BatchJobInputsTooManySpecified: {
      sentence: 'The job gives more inputs than the service has.',
      advice: 'Leave out the inputs that the service does not know.',
    },
    InvalidBlobExtension: {
      sentence: 'A blob has an extension that the service does not take.',
      advice: "Tables are .csv, .tsv or .arff; trained models are .ilearner. The service's own words are below.",
    },
    InvalidBlob: {
      sentence: 'The service cannot use the reference to a blob.',
      advice: 'A reference is a connection string and a location, or a base address, a location and a token.',
    },
    InvalidBlobConnectionString: {
      sentence: 'The service cannot use the connection string of a blob.',
      advice: 'Some services take connection strings only, and no tokens for single blobs; otherwise check the storage account.',
    },
    BlobNotFound: {
      sentence: 'The service cannot reach an input blob.',
      advice: 'Check that the blob is there, that the storage lets the service in, and that its token has not expired.',
    },
    MissingInputBlobInformation: {
      sentence: 'The reference to an input blob is not complete.',
      advice: 'It needs a location, and a connection string or a base address and a token.',
    },
    InputBlobRelativeLocationInvalid: {
      sentence: 'The location of an input blob does not name a blob.',
      advice: 'A location is CONTAINER/NAME.',
    },
    ContainerIsEmpty: { sentence: 'The location of a blob names no container.', advice: 'A location is CONTAINER/NAME.' },
    ContainerSegmentInvalid: {
      sentence: 'The name of a container is not well formed.',
      advice: 'It has 3 to 63 lower-case letters, digits and single dashes.',
    },
    ContainerValidationFailed: {
      sentence: 'The service cannot use a container.',
      advice: 'Check that the container is there and that the storage lets the service in.',
    },
    InvalidOutputOverrideName: {
      sentence: 'The job names an output that the service does not have.',
      advice: 'Names of outputs matter to the letter, upper and lower case too; most services call theirs "output1".',
    },
    MissingOutputOverrideSpecification: {
      sentence: 'The job names an output without saying where to write it.',
      advice: 'Give it a blob, or leave the output out.',
    },
    MissingRequiredOutputOverrides: {
      sentence: 'The service needs to be told where to write every output.',
      advice: 'Give each output a blob.',
    },
    MissingJobId: { sentence: 'The address of the job holds no id.', advice: undefined },
    CannotStartJob: { sentence: 'The service does not start the job in the state it is in.', advice: undefined },
  }),
);

/** What an operation was done with. */
export interface JobCallContext {
  readonly service: Service;
  readonly credential: Pick<Credential, 'kinds'>;
  /** Limit of the call, in milliseconds. */
  readonly timeoutMs: number;
  readonly guard: Redactor;
}

/** What to show for an answer that says no. */
export function faultProblem(fault: Fault, answer: WireAnswer, context: JobCallContext): ErrorParts {
  const { service, credential: { kinds } } = context;
  const explained = explainFault(fault, {
    serviceName: service.name,
    hasServiceKey: kinds.includes('serviceKey'),
    hasSubscriptionKey: kinds.includes('subscriptionKey'),
    subscriptionKeyHeader: service.subscriptionKeyHeader,
    location: headerValue(answer.headers, 'location'),
  });
  const cause =
    fault.source === 'gateway' ? undefined : fault.details.map(({ code }) => causes.get(code ?? '')).find((words) => words !== undefined);
  return safe({ ...explained, ...cause }, context.guard);
}

/** What to show where no answer came. */
export function failureProblem(failure: NetworkFailure, context: JobCallContext): ErrorParts {
  return safe(failureParts(failure, context.timeoutMs), context.guard);
}

/** What to show for an answer that says yes and is not what was asked for. `text` is its body. */
export function strangeProblem(sentence: string, text: string, advice: string, context: JobCallContext): ErrorParts {
  const start = text.trim().slice(0, 300);
  const page = /^(?:<!doctype html|<html)/i.test(start);
  return safe({
    sentence,
    detail: (page ? pageTitle(text) : start) || undefined,
    advice: page ? `${advice} It is a web page: perhaps a sign-in page, or one of a gateway or proxy on the way.` : advice,
    actions: ['showLog'],
  }, context.guard);
}

/** The same without a button and advice to do it again: what was sent may have been carried out. */
export function perhapsDone(parts: ErrorParts): ErrorParts {
  return {
    ...parts,
    advice:
      'The service may hold the job all the same. Nothing is sent again by itself, because a second submission would be a second job.',
    actions: (parts.actions ?? []).filter((action) => action !== 'retry'),
  };
}

/** Without secrets, and without what helps only with the scoring of rows. */
function safe(parts: ErrorParts, guard: Redactor): ErrorParts {
  const text = (value: string | undefined) => (value === undefined ? undefined : maskWords(guard.text(value)));
  const advice = parts.advice?.split(/(?<=\.)\s+/).map((sentence) => sentence.replace(/, or (?:send fewer rows|run a batch job)\.$/, '.'));
  const fitting = advice?.filter((sentence) => !/\b(?:rows|requests|batch job)\b|^Send it again/.test(sentence)).join(' ');
  return {
    sentence: maskWords(guard.text(parts.sentence)),
    detail: text(parts.detail),
    advice: text(fitting === '' ? undefined : fitting),
    actions: (parts.actions ?? []).filter((action) => action !== 'showAnswer'),
  };
}
