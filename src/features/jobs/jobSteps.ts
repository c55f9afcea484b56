// Writes down how far a job has come. What a service has answered is not lost for a disk that is full, and goes over nothing that another
// window has written.

import type { Clock } from '../../model/clock';
import { Cancelled, HumanError, InvalidInput, LocalFailure, messageOf, type ErrorParts } from '../../model/errors';
import type { Job } from '../../model/job';
import { withoutProblem } from './store/progress';

/** The right to take steps with a job. */
export interface RunnerClaim {
  /** False when another window has taken this one for dead and gone on in its place. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

/** What writing needs from outside. */
export interface StepParts {
  /** Writes a job down; what it resolves to is on the disk. */
  readonly save: (job: Job) => Promise<void>;
  readonly now: () => number;
}

/** The line in the history of a job whose service starts what is submitted. */
export const startedBySubmission = 'Started by its submission';

/** Pauses between the tries to write an answer down, in milliseconds. */
const pausesMs = [200, 1000, 3000, 6000];

/** The steps of all jobs of this window. */
export class JobSteps {
  /** Answers to submissions that could not be written down, by the job's key. */
  private readonly unwritten = new Map<string, { readonly change: Partial<Job>; readonly lines: readonly string[] }>();
  private readonly stopped = new AbortController();

  constructor(private readonly parts: StepParts, private readonly clock: Pick<Clock, 'sleep'>) {}

  /** Writes the next step down; a problem of an earlier one is over unless it is named again. Throws what the disk throws. */
  async take(job: Job, change: Partial<Job>, ...lines: readonly string[]): Promise<Job> {
    const now = this.parts.now();
    const history = [...job.history, ...lines.map((text) => ({ at: now, text }))];
    const next: Job = { ...withoutProblem(job), ...change, history, stepAt: now };
    await this.parts.save(next);
    return next;
  }

  /**
   * Writes down what a call has come to, which is not to be lost: several times, with pauses, while the disk fails. Undefined, and nothing
   * is written, when another window has gone on with the job. Throws what the disk throws; then `takeUp` still has the answer.
   */
  async record(job: Job, claim: RunnerClaim, change: Partial<Job>, ...lines: readonly string[]): Promise<Job | undefined> {
    const write = async (): Promise<Job | undefined> => ((await claim.held()) ? this.take(job, change, ...lines) : undefined);
    for (const pauseMs of pausesMs) {
      try {
        return await write();
      } catch {
        // A window that closes tries once more, without a pause.
        await this.clock.sleep(pauseMs, this.stopped.signal).catch(() => undefined);
      }
    }
    try {
      return await write();
    } catch (error) {
      this.unwritten.set(job.key, { change, lines });
      throw error;
    }
  }

  /**
   * Writes down that a service has taken a job, and, unless it is started later, that it runs: at once, since a window that closed in
   * between would leave a job that runs and is followed by nobody. Throws a LocalFailure that names the id when that cannot be, so that
   * the person has it at least.
   */
  async recordSubmitted(job: Job, claim: RunnerClaim, id: string, startsLater: boolean): Promise<Job> {
    const now = this.parts.now();
    const recording = startsLater
      ? this.record(job, claim, { step: 'submitted', id, submittedAt: now }, 'Submitted')
      : this.record(job, claim, { step: 'started', id, submittedAt: now, startedAt: now }, 'Submitted', startedBySubmission);
    const written = await recording.catch((error: unknown) => {
      throw new LocalFailure({
        sentence: `The service has taken the job "${job.title}" under the id ${id}, but that could not be written to the disk.`,
        detail: messageOf(error),
        advice:
          'Make room on the disk, then press "Carry On" or "Submit Anew" in this window: it goes on with this id. Do not submit the ' +
          'job anew in another window or after a restart, which would make a second job.',
        actions: ['openJob', 'showLog'],
      });
    });
    if (written) return written;
    throw new LocalFailure({
      sentence:
        `Another window has gone on with the job "${job.title}" while its submission was under way here. The service took this ` +
        `submission too, under the id ${id}.`,
      advice: startsLater
        ? 'That second job was not started and does nothing. Note its id if it is to be deleted at the service.'
        : 'That second job runs as well. Note its id if it is to be deleted at the service.',
      actions: ['openJob'],
    });
  }

  /** Writes down now what could not be written before; undefined when there is nothing of the kind. Throws what the disk throws. */
  async takeUp(job: Job): Promise<Job | undefined> {
    const kept = this.unwritten.get(job.key);
    const unknown = job.step === 'submitting' || job.step === 'notKnown';
    const written = kept && unknown ? await this.take(job, kept.change, ...kept.lines) : undefined;
    // In any other step another window has gone on with the job since.
    this.unwritten.delete(job.key);
    return written;
  }

  /** Forgets an answer of a job that is no longer there. */
  forget(key: string): void {
    this.unwritten.delete(key);
  }

  dispose(): void {
    this.stopped.abort();
  }
}

/** A computer that slept may wake up to another window that has gone on with the job. Throws InvalidInput then. */
export async function stillHeld(claim: RunnerClaim): Promise<void> {
  if (!(await claim.held())) throw overtaken();
}

/** The job as it was recorded. Throws InvalidInput when it was not, as another window has gone on with it. */
export function recorded(job: Job | undefined): Job {
  if (!job) throw overtaken();
  return job;
}

/** Says that another window has gone on with the job. */
function overtaken(): InvalidInput {
  return new InvalidInput({
    sentence: 'Another window has gone on with this job.',
    advice: 'Its state is shown here as soon as it changes.',
  });
}

/** What is written down of an error; nothing of the person's own request to stop. */
export function problemMember(error: unknown): { readonly problem?: ErrorParts } {
  if (error instanceof Cancelled) return {};
  if (!(error instanceof HumanError))
    return { problem: { sentence: 'Azure ML Web Services met a fault of its own.', actions: ['showLog'] } };
  return {
    problem: {
      sentence: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.advice === undefined ? {} : { advice: error.advice }),
      actions: error.actions,
    },
  };
}
