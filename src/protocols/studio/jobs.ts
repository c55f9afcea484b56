// The operations of batch jobs (contract section 3), each one call: what came of it, made safe to show. Nothing repeats by itself.

import { Cancelled, type ErrorParts } from '../../model/errors';
import type { PollOutcome, StatusReading } from '../../model/job';
import type { BlobReference } from '../../model/storage';
import type { Header, WireAnswer, WireOutcome, WireRequest } from '../../model/wire';
import { answerText } from '../../http/answerText';
import { jobUrl, readJobId, readStatus, startUrl, submitUrl } from './bes';
import { readFault, type Fault } from './fault';
import { fewEnough, secretValues } from '../../redaction';
import { percentDecoded } from '../../base/percent';
import type { Redactor } from '../../redaction';
import { memberAnyCase, tryParse } from '../../base/shape';
import type { DeleteOutcome, JobCall, JobResults, JobTools, StartOutcome, SubmitOutcome } from '../batch';
import { isBusy, isCertain, isUnknownJob, wait } from './jobFaults';
import { resultFile } from './results';
import { acceptEncoding } from '../../http/encodings';
import { keptGuard } from './guards';
import { failureProblem, faultProblem, perhapsDone, strangeProblem, type JobCallContext } from './jobMessages';

/**
 * Submits a job, which makes it and does not start it. `body` is the JSON text of the submission. Throws Cancelled when `signal` is raised.
 */
export async function submitJob(call: JobCall, body: string, tools: JobTools, signal: AbortSignal): Promise<SubmitOutcome> {
  const url = submitUrl(call.service.endpoint);
  if (url === undefined) return { kind: 'refused', problem: noJobs(call), busy: false };
  const lost = (problem: ErrorParts): SubmitOutcome => ({ kind: 'lost', problem: perhapsDone(problem) });
  const { values, all } = fewEnough(secretsIn(body));
  const hiding = { ...call, hidden: [...values, ...(call.hidden ?? [])] };
  const outcome = await send({ method: 'POST', url, body }, hiding, tools, signal, (sent) => submitted(sent, call, tools), lost);
  if (all || outcome.kind === 'submitted') return outcome;
  return {
    ...outcome,
    problem: {
      ...outcome.problem,
      detail: 'What the service says is left out: it may hold a parameter of the job, and those are too many or too long to be looked for.',
    },
  };
}

function submitted({ context, outcome }: Sent, call: JobCall, tools: JobTools): SubmitOutcome {
  if (!outcome.ok) {
    const problem = failureProblem(outcome.failure, context);
    return outcome.failure.unsent === true ? { kind: 'refused', problem, busy: false } : { kind: 'lost', problem: perhapsDone(problem) };
  }
  const { answer } = outcome;
  const text = answerText(answer);
  if (isYes(answer)) {
    const id = readJobId(text);
    if (id !== undefined) return { kind: 'submitted', id };
    return {
      kind: 'lost',
      problem: perhapsDone(strangeProblem(`"${call.service.name}" took the job, but its answer holds no job id.`, text, '', context)),
    };
  }
  const { fault, problem } = read(answer, text, tools, context);
  return isCertain(fault)
    ? { kind: 'refused', problem, ...wait(fault), busy: isBusy(fault) }
    : { kind: 'lost', problem: perhapsDone(problem) };
}

/** Starts a submitted job. Throws Cancelled when `signal` is raised. */
export async function startJob(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<StartOutcome> {
  const url = startUrl(call.service.endpoint, id);
  if (url === undefined) return { kind: 'failed', problem: noJobs(call), certain: true };
  const notKnown = (problem: ErrorParts): StartOutcome => ({ kind: 'failed', problem, certain: false });
  return send({ method: 'POST', url }, call, tools, signal, (sent) => started(sent, call, tools), notKnown);
}

function started({ context, outcome }: Sent, call: JobCall, tools: JobTools): StartOutcome {
  if (!outcome.ok) return { kind: 'failed', problem: failureProblem(outcome.failure, context), certain: outcome.failure.unsent === true };
  const { answer } = outcome;
  const text = answerText(answer);
  const { fault, problem } = read(answer, text, tools, context);
  if (isYes(answer)) return fault.html ? { kind: 'failed', problem: webPage(call, text, context), certain: false } : { kind: 'started' };
  const notStartable = fault.status === 400 ? fault.details.find(({ code }) => code === 'CannotStartJob') : undefined;
  if (notStartable !== undefined) {
    const state = /\bin (?:the )?["']?([a-z][a-z ]{0,40}?)["']? state\b/i.exec(notStartable.message ?? fault.message ?? '')?.[1];
    return { kind: 'already', ...(state === undefined ? {} : { state }) };
  }
  if (isUnknownJob(fault)) return { kind: 'gone', problem: jobGone(call, problem) };
  return { kind: 'failed', problem, ...wait(fault), certain: isCertain(fault) };
}

/** Asks for a job's status. Throws Cancelled when `signal` is raised. */
export async function jobStatus(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<PollOutcome> {
  return (await jobReferences(call, id, tools, signal)).outcome;
}

/** The same, with references to the outputs whose tokens are fresh: secrets, for memory only. */
async function jobReferences(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<References> {
  const url = jobUrl(call.service.endpoint, id);
  const unreadable = (problem: ErrorParts): References => none({ kind: 'unreadable', problem });
  if (url === undefined) return unreadable(noJobs(call));
  return send({ method: 'GET', url }, call, tools, signal, (sent) => referencesOf(sent, call, tools), unreadable);
}

interface References {
  readonly outcome: PollOutcome;
  readonly references: readonly BlobReference[];
}

function none(outcome: PollOutcome): References {
  return { outcome, references: [] };
}

function referencesOf({ context, outcome }: Sent, call: JobCall, tools: JobTools): References {
  if (!outcome.ok) {
    // The connections were closed; whoever asks goes on asking.
    if (outcome.failure.kind === 'cancelled') throw new Cancelled();
    const { kind, unsent } = outcome.failure;
    const answered = unsent !== true && (kind === 'protocol' || kind === 'tooLarge');
    return none({ kind: answered ? 'unreadable' : 'offline', problem: failureProblem(outcome.failure, context) });
  }
  const { answer } = outcome;
  const text = answerText(answer);
  if (!isYes(answer)) return none(refusal(call, answer, text, tools, context));
  const status = readStatus(text);
  if (status === undefined)
    return none({
      kind: 'unreadable',
      problem: strangeProblem(
        `"${call.service.name}" answered, but not with the status of a job.`,
        text,
        'Check the address of the service.',
        context,
      ),
    });
  return {
    outcome: { kind: 'status', reading: withoutKeys(status.reading, context.guard) },
    references: status.references.map((each) => ({ ...each, name: context.guard.text(each.name) })),
  };
}

/** The same, with the outputs as files that can be fetched. */
export async function jobResults(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<JobResults> {
  const { outcome, references } = await jobReferences(call, id, tools, signal);
  return { outcome, files: references.map(resultFile) };
}

/** Cancels a job, or removes one that is over. Throws Cancelled when `signal` is raised. */
export async function deleteJob(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<DeleteOutcome> {
  const url = jobUrl(call.service.endpoint, id);
  if (url === undefined) return { kind: 'failed', problem: noJobs(call), certain: true };
  const notKnown = (problem: ErrorParts): DeleteOutcome => ({ kind: 'failed', problem, certain: false });
  return send({ method: 'DELETE', url }, call, tools, signal, (sent) => deleted(sent, call, tools), notKnown);
}

function deleted({ context, outcome }: Sent, call: JobCall, tools: JobTools): DeleteOutcome {
  if (!outcome.ok) return { kind: 'failed', problem: failureProblem(outcome.failure, context), certain: outcome.failure.unsent === true };
  const { answer } = outcome;
  const text = answerText(answer);
  const { fault, problem } = read(answer, text, tools, context);
  if (isYes(answer)) return fault.html ? { kind: 'failed', problem: webPage(call, text, context), certain: false } : { kind: 'done' };
  return isUnknownJob(fault) ? { kind: 'gone' } : { kind: 'failed', problem, certain: isCertain(fault) };
}

/** Answers about jobs are a few kilobytes: so much is taken from somebody who sends more, in bytes. */
const mostAnswerBytes = 16 * 1024 * 1024;

/** What came of a request. */
interface Sent {
  readonly context: JobCallContext;
  readonly outcome: WireOutcome;
}

/**
 * Sends one request with the service's keys, and reads what comes of it. Throws Cancelled when `signal` is raised, and what fails before
 * anything is sent. What fails behind that is given to `unclear`: the service may have done what it was asked.
 */
async function send<T>(
  what: Pick<WireRequest, 'method' | 'url'> & { readonly body?: string }, call: JobCall, tools: JobTools, signal: AbortSignal,
  read: (sent: Sent) => T, unclear: (problem: ErrorParts) => T,
): Promise<T> {
  const { method, url, body } = what;
  const credential = await call.credential();
  if (signal.aborted) throw new Cancelled();
  const headers: Header[] = [acceptEncoding];
  if (body !== undefined) headers.push({ name: 'Content-Type', value: 'application/json; charset=utf-8' });
  headers.push(...credential.headers(url));
  const guard = keptGuard([...credential.hidden, ...(call.hidden ?? [])]);
  const context = { service: call.service, credential, timeoutMs: call.timeoutMs, guard };
  const request = {
    method,
    url,
    headers,
    ...(body === undefined ? {} : { body: Buffer.from(body, 'utf8') }),
    timeoutMs: call.timeoutMs,
    mostAnswerBytes,
  };
  try {
    const outcome = await logged(request, tools, signal);
    if (!outcome.ok && outcome.failure.kind === 'cancelled' && signal.aborted) throw new Cancelled();
    return read({ context, outcome });
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return unclear(ownFault(call, error));
  }
}

async function logged(request: WireRequest, { transport, log }: JobTools, signal: AbortSignal): Promise<WireOutcome> {
  const from = performance.now();
  const outcome = await transport.send(request, signal);
  const { host, pathname } = new URL(request.url);
  log(
    `${request.method} ${host}${pathname} ${outcome.ok ? outcome.answer.status : outcome.failure.kind} ` +
    `${Math.round(performance.now() - from)} ms`,
  );
  return outcome;
}

/** Of an error that nobody has seen before only the kind is told: its words may hold what was sent. */
function ownFault({ service }: JobCall, error: unknown): ErrorParts {
  return {
    sentence: `What "${service.name}" answered is not known, as the extension met a fault of its own.`,
    detail: error instanceof Error ? error.name : undefined,
    actions: ['showLog'],
  };
}

/** Account keys, signatures and secret parameters that a submission holds: what is sent may come back. */
function secretsIn(body: string): string[] {
  const tokens = [...body.matchAll(/(?:AccountKey=|[?&]sig=)([^;&"\\\s]+)/gi)].flatMap(([, secret = '']) => [
    secret,
    percentDecoded(secret),
  ]);
  return [...tokens, ...secretValues(memberAnyCase(tryParse(body), 'GlobalParameters'))];
}

function refusal(call: JobCall, answer: WireAnswer, text: string, tools: JobTools, context: JobCallContext): PollOutcome {
  const { fault, problem } = read(answer, text, tools, context);
  if (fault.status === 429 || fault.status === 503) return { kind: 'busy', ...wait(fault), problem };
  if (fault.status === 403 && fault.source === 'gateway' && /quota/i.test(fault.message ?? ''))
    return { kind: 'quota', ...wait(fault), problem };
  if (fault.status === 401 || (fault.status === 403 && fault.source !== 'unknown')) return { kind: 'refused', problem };
  if (isUnknownJob(fault)) return { kind: 'gone', problem: jobGone(call, problem) };
  return { kind: 'unreadable', problem, ...(fault.status >= 500 ? { passing: true } : {}) };
}

function read(answer: WireAnswer, text: string, tools: JobTools, context: JobCallContext): { fault: Fault; problem: ErrorParts } {
  const fault = readFault({ status: answer.status, headers: answer.headers, text }, tools.now());
  return { fault, problem: faultProblem(fault, answer, context) };
}

function isYes({ status }: WireAnswer): boolean {
  return status >= 200 && status < 300;
}

function noJobs({ service }: JobCall): ErrorParts {
  return {
    sentence: `The address of "${service.name}" leads to one operation only, so there is no place for batch jobs.`,
    advice: 'Add the service with an address that has /workspaces/…/services/… in it.',
    actions: ['changeService'],
  };
}

function jobGone({ service }: JobCall, { detail }: ErrorParts): ErrorParts {
  return {
    sentence: `"${service.name}" does not know the job any more.`,
    detail,
    advice: 'It was deleted, or the service has forgotten it; files that it has written may still be there.',
  };
}

function webPage({ service }: JobCall, text: string, context: JobCallContext): ErrorParts {
  return strangeProblem(
    `A web page came instead of an answer of "${service.name}".`,
    text,
    'Ask for the status of the job to see how it stands.',
    context,
  );
}

function withoutKeys(reading: StatusReading, guard: Redactor): StatusReading {
  return {
    ...reading,
    text: guard.text(reading.text),
    ...(reading.details === undefined ? {} : { details: guard.text(reading.details) }),
    results: reading.results.map(({ name, base, location }) => ({
      name: guard.text(name),
      base: guard.text(base),
      location: guard.text(location),
    })),
  };
}
