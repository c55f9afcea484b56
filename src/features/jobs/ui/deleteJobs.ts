// Deletes many jobs at once: those that are selected, or all of a service or of the tree that are over. What is not over is not touched.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { isArray, member } from '../../../base/shape';
import { InvalidInput, messageOf } from '../../../model/errors';
import type { Job } from '../../../model/job';
import type { Service } from '../../../model/service';
import { askToConfirm } from '../../../ui/ask';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import type { JobParts } from './jobCommands';

/** What deleting many needs besides. */
export interface DeleteJobsParts extends Pick<JobParts, 'services' | 'findAny' | 'claim' | 'calls' | 'forget' | 'parameters'> {
  /** All ended jobs of a service, by its address. */
  readonly past: (address: string) => Promise<readonly Job[]>;
  /** All services of the tree. */
  readonly all: () => readonly Service[];
}

/** So many jobs are deleted side by side. */
const atOnce = 4;

/** How it went with one job; a sentence where its service did not delete it. */
type Outcome = 'deleted' | 'stays' | { readonly reason: string };

/** Keys of the jobs that a command of the tree means where it means several; none where it was called on a line that is not selected. */
export function jobsSelected(clicked: unknown, selected: unknown): readonly string[] {
  const keys = isArray(selected) ? selected.flatMap((node) => keyOf(node) ?? []) : [];
  return keys.length > 1 && keys.some((key) => key === keyOf(clicked)) ? keys : [];
}

function keyOf(node: unknown): string | undefined {
  const key = member(node, 'kind') === 'job' ? member(member(node, 'job'), 'key') : undefined;
  return typeof key === 'string' ? key : undefined;
}

/** Deletes those of these jobs that are over, after asking. Throws InvalidInput where none is, or one is no longer there. */
export async function deleteJobs(parts: DeleteJobsParts, keys: readonly string[]): Promise<void> {
  // One whose file cannot be read is told of in the tree, and stays.
  const found = await Promise.allSettled(keys.map((key) => parts.findAny(key)));
  const jobs = found.flatMap((each) => (each.status === 'fulfilled' && each.value ? [each.value] : []));
  const over = jobs.filter(({ step }) => step === 'ended');
  if (over.length === 0)
    throw new InvalidInput({
      sentence: l10n.t('None of the selected jobs is over.'),
      advice: l10n.t('Cancel them first. A job that is not over can be deleted by itself.'),
    });
  const left = jobs.length - over.length;
  await deleteAll(
    parts,
    over,
    over.length === 1 ? l10n.t('Delete 1 job?') : l10n.t('Delete {0} jobs?', formatCount(over.length)),
    left === 0 ? '' : left === 1
      ? l10n.t('1 selected job is not over, and stays as it is.')
      : l10n.t('{0} selected jobs are not over, and stay as they are.', formatCount(left)),
  );
}

/** Deletes the jobs that are over: of a service or of a group of days where the command was called on one, else of all services. */
export async function deleteFinishedJobs(parts: DeleteJobsParts, argument: unknown): Promise<void> {
  const group = member(argument, 'kind') === 'jobGroup' ? member(argument, 'jobs') : undefined;
  if (isArray(group)) return deleteJobs(parts, group.flatMap((job) => keyOf({ kind: 'job', job }) ?? []));
  const address = typeof argument === 'string' ? argument : member(member(argument, 'service'), 'address');
  const service = typeof address === 'string' ? parts.services.find(address) : undefined;
  if (typeof address === 'string' && !service) throw new InvalidInput({ sentence: l10n.t('This service is no longer there.') });
  const services = service ? [service] : parts.all();
  const jobs = (await Promise.all(services.map((each) => parts.past(each.address)))).flat();
  if (jobs.length === 0)
    throw new InvalidInput({
      sentence: service
        ? l10n.t('"{0}" has no batch jobs that are over.', service.name)
        : l10n.t('There are no batch jobs that are over.'),
    });
  await deleteAll(parts, jobs, service ? questionOfService(jobs.length, service.name) : questionOfAll(jobs.length), '');
}

function questionOfService(count: number, service: string): string {
  return count === 1
    ? l10n.t('Delete the 1 job of "{0}" that is over?', service)
    : l10n.t('Delete the {0} jobs of "{1}" that are over?', formatCount(count), service);
}

function questionOfAll(count: number): string {
  return count === 1
    ? l10n.t('Delete the 1 job that is over?')
    : l10n.t('Delete the {0} jobs of all services that are over?', formatCount(count));
}

async function deleteAll(parts: DeleteJobsParts, jobs: readonly Job[], question: string, left: string): Promise<void> {
  const what = jobs.some((job) => atService(parts, job))
    ? l10n.t('Finished, failed and cancelled jobs are deleted at their services and here.')
    : l10n.t('Finished, failed and cancelled jobs are deleted here; no service is asked.');
  const stays = l10n.t('Results and inputs in storage stay, and so do results that were downloaded.');
  await askToConfirm(plain(question), plain([what, stays, left].filter((text) => text !== '').join(' ')), plain(l10n.t('Delete')));
  let deleted = 0;
  const refused: Job[] = [];
  const reasons = new Set<string>();
  await inMessage(plain(l10n.t('Deleting {0} jobs', formatCount(jobs.length))), async (signal) => {
    const waiting = [...jobs];
    // A service that does not answer is not asked again for each of its jobs.
    const silent = new Map<string, string>();
    const worker = async (): Promise<void> => {
      for (let job = waiting.shift(); job && !signal.aborted; job = waiting.shift()) {
        const outcome = await deleteOne(parts, job, silent);
        if (outcome === 'deleted') deleted += 1;
        if (typeof outcome === 'string') continue;
        refused.push(job);
        reasons.add(outcome.reason);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  });
  try {
    if (refused.length > 0) {
      await askToConfirm(
        plain(refused.length === 1
          ? l10n.t('1 job was not deleted at its service. Delete it here all the same?')
          : l10n.t('{0} jobs were not deleted at their services. Delete them here all the same?', formatCount(refused.length))),
        plain([...reasons].slice(0, mostReasons).join('\n')),
        plain(l10n.t('Delete Here')),
      );
      for (const job of refused) if ((await deleteOne(parts, job, undefined)) === 'deleted') deleted += 1;
    }
  } finally {
    // Also to who leaves the others where they are.
    tellBriefly(plain(toldText(deleted, jobs.length - deleted)));
  }
}

/** So many reasons of services are shown. */
const mostReasons = 5;

function toldText(deleted: number, left: number): string {
  const done = deleted === 1 ? l10n.t('1 job is deleted.') : l10n.t('{0} jobs are deleted.', formatCount(deleted));
  if (left === 0) return done;
  const rest = left === 1
    ? l10n.t('1 job stays, as it is being worked on or was not reached.')
    : l10n.t('{0} jobs stay, as they are being worked on or were not reached.', formatCount(left));
  return [done, rest].join(' ');
}

function atService({ services }: DeleteJobsParts, job: Job): Service | undefined {
  return job.id === undefined ? undefined : services.find(job.service.address);
}

/** Deletes one as below. What the disk or the secret store throws for one is no reason to be silent about the others. */
function deleteOne(parts: DeleteJobsParts, job: Job, silent: Map<string, string> | undefined): Promise<Outcome> {
  return deleteClaimed(parts, job, silent).catch((error: unknown) => ({ reason: messageOf(error) }));
}

/**
 * Deletes a job that is over, at its service first. `silent` are the reasons of services that did not answer, by address; undefined: only
 * here.
 */
async function deleteClaimed(parts: DeleteJobsParts, { key }: Job, silent: Map<string, string> | undefined): Promise<Outcome> {
  const claim = await parts.claim(key);
  if (!claim) return 'stays';
  try {
    const job = await parts.findAny(key);
    if (!job) return 'deleted';
    if (job.step !== 'ended') return 'stays';
    const reason = silent && (await deleteAtService(parts, job, silent));
    if (reason !== undefined) return { reason };
    await parts.forget(key);
    await parts.parameters.forget(key);
    return 'deleted';
  } finally {
    await claim.release();
  }
}

/** Why the service did not delete a job; undefined when it did, or has none. */
async function deleteAtService(parts: DeleteJobsParts, job: Job, silent: Map<string, string>): Promise<string | undefined> {
  const service = atService(parts, job);
  if (!service || job.id === undefined) return undefined;
  const known = silent.get(service.address);
  if (known !== undefined) return known;
  try {
    const outcome = await parts.calls.delete(service, job.id);
    if (outcome.kind !== 'failed') return undefined;
    if (!outcome.certain) silent.set(service.address, outcome.problem.sentence);
    return outcome.problem.sentence;
  } catch (error) {
    // What is thrown came before anything was sent, such as a secret store that fails, and would for the others of this service.
    silent.set(service.address, messageOf(error));
    return messageOf(error);
  }
}
