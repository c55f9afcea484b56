// Takes the steps of a publishing, in their order: each is written down before it is taken, and may be taken up again later.

import type { ArmJson } from '../../../model/arm';
import { ArmFailed, Cancelled } from '../../../model/errors';
import type { PlanItem, PlanNote } from './items';
import { planAgain, resourceOf } from './plan';
import { isChosenFirst, isLeft, missingFor, type PublishStep } from './publishing';
import { full, isPolicy, isRevision, type There } from './reading';
import { failureOf, goOn, says, wroteNothing, type PublishSteps } from './steps';

/**
 * Takes all steps that are chosen and not taken yet. What may have been taken before is looked at first, so that it also carries on after
 * a failure or a killed window, and makes nothing twice. Stops at a step that has changed meanwhile: it is a `conflict` then, and this
 * returns. Throws what stopped it after it was written down, and Cancelled between two steps or in a wait when `signal` is raised.
 */
export async function apply(steps: PublishSteps, signal: AbortSignal): Promise<void> {
  steps.stopBy(signal);
  for (const { key } of steps.publishing.steps) {
    const step = steps.step(key);
    if (!isLeft(step) || missingFor(steps.publishing.steps, step).length > 0) continue;
    goOn(signal);
    const taken = await take(steps, step);
    if (taken.state === 'conflict') return;
  }
}

/** Takes what a person has looked at after it had changed meanwhile for decided. */
export async function acceptConflicts(steps: PublishSteps): Promise<void> {
  for (const step of steps.publishing.steps) {
    if (step.state === 'conflict' && step.chosen) await steps.note({ ...step, state: 'planned' });
  }
}

async function take(steps: PublishSteps, before: PublishStep): Promise<PublishStep> {
  const step = await settle(steps, before);
  if (step.state !== 'planned') return step;
  const copied = step.action === 'make' && cameAlong(steps.publishing.steps, step) && (await steps.read(step)) !== undefined;
  const current = copied || (step.after === undefined && step.kind !== 'productApi') ? await planAnew(steps, step, 'planned') : step;
  if (current.action === 'leave' || current.action === 'conflict') return current;
  if (current.action === 'make') {
    const there = await steps.read(current);
    // It came after the plan was made: it is not ours, and is not written over.
    if (there) return meanwhile(steps, current, there);
  }
  if (current.action === 'change' && current.etag === undefined) {
    // Without an ETag nothing at the other side keeps a change of others from being written over.
    const there = await steps.read(current);
    if (!there || !says(current.kind, there.body, current.before)) return planAnew(steps, current, 'conflict');
  }
  const secret = current.secret === undefined ? undefined : await steps.parts.askServiceKey();
  return write(steps, await steps.note(withoutFailure({ ...current, state: 'writing' })), secret);
}

/** True below a revision that this publishing has made: it began as a copy of the current one, with all that is below that. */
function cameAlong(steps: readonly PublishStep[], { path }: PublishStep): boolean {
  return steps.some((api) =>
    api.kind === 'api' && api.action === 'make' && api.state === 'done' && isRevision(api.path) && path.startsWith(`${api.path}/`));
}

async function write(steps: PublishSteps, step: PublishStep, secret: string | undefined): Promise<PublishStep> {
  const place = steps.place(step.key);
  const keepPoller = steps.onPoller(step);
  let begun = false;
  let etag: string | undefined;
  try {
    const answer = await place.arm.put(full(place, step.path), bodyOf(step, secret), {
      ...place.options,
      // What is made has none; what is changed is changed as it was seen.
      ...(step.action === 'change' ? { ifMatch: step.etag ?? '*' } : {}),
      onPoller: (state) => {
        begun ||= state !== undefined;
        return keepPoller(state);
      },
    });
    etag = answer.etag ?? (await steps.read(step))?.etag;
  } catch (error) {
    if (error instanceof ArmFailed && error.reason === 'changed') return planAnew(steps, step, 'conflict');
    // A call that was given up may have been heard.
    const failure = { ...failureOf(error), ...(begun ? { begun } : {}) };
    if (!(error instanceof Cancelled)) await steps.note({ ...step, state: 'failed', failure });
    throw error;
  }
  return steps.note({ ...step, state: 'done', ...(etag === undefined ? {} : { madeEtag: etag }) });
}

/**
 * Finds out how far a step is that may have been taken: by the long operation that it had begun, and by what is there. Gives it as
 * `planned` where nothing was written, `done`, or as a `conflict` where something else is there now.
 */
export async function settle(steps: PublishSteps, step: PublishStep): Promise<PublishStep> {
  if (step.state !== 'writing' && step.state !== 'failed') return step;
  if (step.state === 'failed' && wroteNothing(step)) return withoutFailure({ ...step, state: 'planned' });
  await steps.resume(step);
  const there = await steps.read(step);
  if (!there) return step.action === 'make' ? withoutFailure({ ...step, state: 'planned' }) : planAnew(steps, step, 'conflict');
  if (says(step.kind, there.body, step.after) || (step.secret !== undefined && step.action === 'make')) return done(steps, step, there);
  const same = step.action === 'change' && step.etag !== undefined && there.etag === step.etag;
  return same ? withoutFailure({ ...step, state: 'planned' }) : planAnew(steps, step, 'conflict');
}

async function done(steps: PublishSteps, step: PublishStep, { etag }: There): Promise<PublishStep> {
  return steps.note(withoutFailure({ ...step, state: 'done', ...(etag === undefined ? {} : { madeEtag: etag }) }));
}

async function meanwhile(steps: PublishSteps, step: PublishStep, there: There): Promise<PublishStep> {
  if (step.secret === undefined && says(step.kind, there.body, step.after))
    return steps.note({ ...step, action: 'leave', state: 'planned', notes: withNote(step, { code: 'madeMeanwhile' }) });
  return planAnew(steps, step, 'conflict');
}

/** Reads what is there once more and plans the step by it. */
async function planAnew(steps: PublishSteps, step: PublishStep, state: 'planned' | 'conflict'): Promise<PublishStep> {
  const resource = resourceOf(steps.publishing.definition, step.key);
  if (!resource) throw new Error('The definition has no such resource.');
  const item = await planAgain(steps.place(step.key), resource);
  const planned = { ...withoutFailure(withoutPlan(step)), ...item };
  // Somebody else has done the same.
  if (item.action === 'leave') {
    const notes = cameAlong(steps.publishing.steps, step) ? item.notes : withNote(item, { code: 'madeMeanwhile' });
    return steps.note({ ...planned, state: 'planned', notes });
  }
  const notes = state === 'conflict' ? withNote(item, { code: 'changedMeanwhile' }) : item.notes;
  // What a person has chosen stays chosen, but for what is another now.
  const chosen = state === 'planned' ? item.action !== 'conflict' : isChosenFirst(item);
  return steps.note({ ...planned, chosen, state, notes });
}

function bodyOf(step: PublishStep, secret: string | undefined): ArmJson | undefined {
  const { after, kind } = step;
  if (!after || after.kind === 'link') return undefined;
  if (after.kind === 'policy') return { properties: { format: 'rawxml', value: after.text } };
  if (isPolicy(kind)) throw new Error('A policy has a text.');
  return { properties: secret === undefined ? after.properties : { ...after.properties, value: secret } };
}

function withNote({ notes }: Pick<PlanItem, 'notes'>, note: PlanNote): readonly PlanNote[] {
  return [...notes.filter(({ code }) => code !== note.code), note];
}

function withoutFailure(step: PublishStep): PublishStep {
  return { ...step, failure: undefined };
}

/** Without what the plan has said, which may be absent in the next one. */
function withoutPlan(step: PublishStep): PublishStep {
  return { ...step, before: undefined, after: undefined, etag: undefined, offers: undefined, madeEtag: undefined };
}
