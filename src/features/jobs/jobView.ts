// A batch job -> what its page gets.

import * as l10n from '@vscode/l10n';
import type { JobView, ResultHead } from './messages';
import type { ErrorParts } from '../../model/errors';
import { isFinal, type Job, type JobResult } from '../../model/job';
import type { BlobPlace } from '../../model/storage';
import { withoutEnd, withoutStart } from '../../base/ends';
import { maskWords } from '../../redaction';
import { protocolOf } from '../../protocols/registry';
import { jobActions, jobLook, jobNotes, type JobContext } from './jobLook';

/** A page is given the newest lines of a long history. */
const shownHistory = 500;

/** Times before this are no times of a job: services write year 1 for "not yet". */
const earliestSane = Date.UTC(2000);

/** A clock may be so far ahead of ours, in milliseconds, before we stop believing it. */
const aheadMs = 5 * 60_000;

/** All that the page of a job shows but its results. */
export function jobView(job: Job, context: JobContext): JobView {
  const { look, state } = jobLook(job, context);
  const running = job.step === 'started' || job.step === 'cancelling';
  const elapsedMs = elapsed(job, context.now);
  const nextAt = running ? context.poll?.nextAt ?? context.poll?.pause?.until : undefined;
  const problem = problemOf(job, context);
  const details = job.status?.details;
  return {
    title: job.title,
    service: job.service.name,
    address: job.service.address,
    look,
    state,
    notes: jobNotes(job, context),
    running: running && !isFinal(job.status?.status),
    timeline: timeline(job, state),
    ...(job.submittedElsewhere ? { submittedElsewhere: true } : {}),
    inputs: job.inputs.map(({ port, file, blob }) => ({
      ...(port === undefined ? {} : { port }),
      source: file?.name ?? lastPart(blob.name),
      place: placeText(blob),
      ...(file ? { bytes: file.bytes } : {}),
    })),
    outputs: outputs(job),
    parameters: job.parameters,
    history: job.history.slice(-shownHistory),
    actions: jobActions(job, context),
    ...(job.id === undefined ? {} : { id: job.id }),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
    ...(nextAt === undefined ? {} : { nextLookMs: Math.max(0, nextAt - context.now) }),
    ...(context.nextTryAt === undefined ? {} : { nextTryMs: Math.max(0, context.nextTryAt - context.now) }),
    ...(context.upload && job.step === 'uploading' ? { upload: context.upload } : {}),
    ...(problem ? { problem } : {}),
    ...(details === undefined ? {} : { details: maskWords(details) }),
  };
}

/** The outputs that can be opened, in the order of their numbers. */
export function resultHeads(job: Job): readonly ResultHead[] {
  return (job.status?.results ?? []).map((result) => ({ name: result.name, file: lastPart(result.location) }));
}

/** A time of the service in milliseconds since 1970; undefined for what cannot be one. */
export function serviceTime(text: string | undefined): number | undefined {
  const time = text === undefined ? NaN : Date.parse(text);
  return time >= earliestSane ? time : undefined;
}

/** How long a job runs or ran, in milliseconds: by the service's clock where both ends are told, else by ours. */
export function elapsed(job: Job, now: number): number | undefined {
  const start = serviceTime(job.status?.startTime);
  if (job.step === 'ended') {
    const end = serviceTime(job.status?.endTime);
    if (start !== undefined && end !== undefined && end >= start) return end - start;
    return job.startedAt === undefined || job.endedAt === undefined ? undefined : Math.max(0, job.endedAt - job.startedAt);
  }
  if (job.step !== 'started' && job.step !== 'cancelling') return undefined;
  if (start !== undefined && start <= now + aheadMs) return Math.max(0, now - start);
  return job.startedAt === undefined ? undefined : Math.max(0, now - job.startedAt);
}

function timeline(job: Job, state: string): JobView['timeline'] {
  const ended = job.step === 'ended';
  const uploads = job.inputs.some(({ file }) => file);
  const runs = serviceTime(job.status?.startTime);
  const steps: readonly {
    readonly label: string; readonly at: number | undefined; readonly planned?: boolean; readonly takenBy?: readonly Job['step'][];
  }[] = [
    { label: l10n.t('Created'), at: job.createdAt },
    { label: l10n.t('Uploaded'), at: job.uploadedAt, planned: uploads, takenBy: ['uploading'] },
    { label: l10n.t('Submitted'), at: job.submittedAt, takenBy: ['submitting', 'notKnown'] },
    {
      label: l10n.t('Started'), at: job.startedAt, planned: job.startsItself || job.step === 'starting' || job.startedAt !== undefined,
      takenBy: ['starting'],
    },
    { label: l10n.t('Began to run'), at: runs, planned: false },
    { label: ended ? state : l10n.t('Finished'), at: job.endedAt, planned: job.startsItself || job.startedAt !== undefined },
  ];
  return steps
    .filter(({ at, planned = true }) => at !== undefined || (planned && !ended))
    .map(({ label, at, takenBy }) => (
      at === undefined ? { label, ...(takenBy?.includes(job.step) ? { underWay: true as const } : {}) } : { label, at }
    ));
}

function outputs(job: Job): JobView['outputs'] {
  const results = job.status?.results ?? [];
  const asked = job.outputs.map(({ port, blob }) => {
    const result = results.findIndex(({ name }) => name === port);
    return { name: port, place: placeText(blob), ...(result < 0 ? {} : { result }) };
  });
  const others = results
    .map((each, result) => ({ name: each.name, place: resultPlace(each), result }))
    .filter(({ name }) => !job.outputs.some(({ port }) => port === name));
  return [...asked, ...others];
}

function problemOf(job: Job, context: JobContext): ErrorParts | undefined {
  if (job.status?.status === 'failed') return failure(job, job.status.details);
  const problem = job.problem ?? context.poll?.pause?.problem ?? context.poll?.unsaved;
  if (!problem) return undefined;
  // The button above does the same under a name that says more.
  const actions = jobActions(job, context);
  const again = actions.includes('carryOn') || actions.includes('start') || actions.includes('checkNow') || actions.includes('stopWaiting');
  return { ...problem, actions: (problem.actions ?? []).filter((action) => action !== 'openJob' && !(again && action === 'retry')) };
}

function failure({ service }: Job, details: string | undefined): ErrorParts {
  if (details === undefined || details.trim() === '') return { sentence: 'The job failed, and the service did not say why.' };
  const words = protocolOf(service).batch?.explainFailure(details);
  if (words === undefined) return { sentence: 'The job failed. What the service says is below.' };
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['Module', words.module],
    ['Row', words.row],
    ['Column', words.column],
    ['Code', words.code],
    ['Error', words.errorId],
    ['Request ID', words.requestId],
  ];
  const detail = facts.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value ?? ''}`).join('\n');
  return { sentence: words.sentence, advice: words.advice, ...(detail === '' ? {} : { detail }) };
}

function placeText({ base, container, name }: BlobPlace): string {
  return `${base}${container}/${name}`;
}

function resultPlace({ base, location }: JobResult): string {
  return `${withoutEnd(base, '/')}/${withoutStart(location, '/')}`;
}

function lastPart(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
