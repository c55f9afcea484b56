// A publishing as it is written down: the definition, a step for each item of the plan, and how far each step is.

import type { ArmReason } from '../../../model/armReason';
import type { ApiDefinition } from '../definition/definition';
import type { ApimInstance } from '../instance';
import type { Plan, PlanItem, PlanWarning } from './items';

/**
 * How far a step is. `writing` is noted before a write, so a step that is found in it may have been taken or not; `undoing` likewise.
 * `conflict`: it changed meanwhile, was read again, and waits for the person. `kept`: undoing has left it.
 */
export type StepState = 'planned' | 'writing' | 'done' | 'failed' | 'conflict' | 'undoing' | 'undone' | 'kept';

/** Why a step failed, for another day: its words are made anew. */
export interface StepFailure {
  readonly reason: ArmReason | 'fault';
  readonly status?: number;
  readonly code?: string;
  /** A long operation had begun: whatever it ended in, something may be there. */
  readonly begun?: true;
}

/** Why undoing has left something. */
export type KeptReason =
  /** Somebody has changed it since. */
  | 'moved'
  /** It is no longer there. */
  | 'gone'
  /** Something is in it, or uses it, that this publishing has not made, or that was left itself. */
  | 'holdsOthers'
  /** What was there before is no longer known on this computer. */
  | 'beforeLost';

/** One item and how far it is. */
export interface PublishStep extends PlanItem {
  /** False for what the person does not want. */
  readonly chosen: boolean;
  /** Key of the step with which this one was left out: it comes back with that. Absent where the person has left it out by itself. */
  readonly leftOutWith?: string | undefined;
  readonly state: StepState;
  /** ETag of what this publishing has written. */
  readonly madeEtag?: string | undefined;
  readonly failure?: StepFailure | undefined;
  readonly kept?: KeptReason;
}

/** A publishing. Holds no secret; what was in policies lies in the secret store. */
export interface Publishing {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly instance: ApimInstance;
  readonly definition: ApiDefinition;
  readonly steps: readonly PublishStep[];
  readonly warnings: readonly PlanWarning[];
}

/** A new one, with all chosen that can be. */
export function newPublishing(
  key: string, createdAt: number, instance: ApimInstance, definition: ApiDefinition, plan: Plan,
): Publishing {
  const steps = plan.items.map((item): PublishStep => ({ ...item, chosen: item.action !== 'conflict', state: 'planned' }));
  return { key, createdAt, instance, definition, warnings: plan.warnings, steps: withoutLost(steps) };
}

/** What a page offers for all of it. */
export type PublishPhase =
  /** Nothing was written yet. */
  | 'review'
  /** Some was, and some is left. */
  | 'stopped'
  | 'done'
  /** Undoing has begun and is not over. */
  | 'undoing'
  | 'undone';

/** How far all of it is. */
export function phaseOf({ steps }: Pick<Publishing, 'steps'>): PublishPhase {
  const states = new Set(steps.map(({ state }) => state));
  const undone = states.has('undone') || states.has('kept') || states.has('undoing');
  if (undone) return states.has('undoing') || states.has('done') ? 'undoing' : 'undone';
  const nothingToDo = steps.every(({ action }) => action === 'leave');
  if (steps.every((step) => !isLeft(step))) return states.has('done') || nothingToDo ? 'done' : 'review';
  return ['done', 'writing', 'failed', 'conflict'].some((state) => steps.some((step) => step.state === state)) ? 'stopped' : 'review';
}

/** True for a step that is chosen and still to be taken. */
export function isLeft({ chosen, action, state }: PublishStep): boolean {
  return chosen && action !== 'leave' && action !== 'conflict' && state !== 'done';
}

/** True where what a step is about is there, or will be before what depends on it. */
function isProvided({ action, chosen, state }: PublishStep): boolean {
  return action === 'leave' || state === 'done' || (chosen && action !== 'conflict') || (action === 'change' && state !== 'conflict');
}

/** Steps that are not chosen, but have to be for this one: the nearest ones. */
export function missingFor(steps: readonly PublishStep[], step: PublishStep): readonly PublishStep[] {
  return steps.filter((other) =>
    other.key !== step.key && !isProvided(other) && (step.dependsOn.includes(other.key) || holdsAllBack(other)));
}

/** Where it is not decided what becomes of the API, nothing else is of use: a secret or a limit without it would only stray about. */
function holdsAllBack({ kind, action }: PublishStep): boolean {
  return kind === 'api' && action === 'conflict';
}

/**
 * Chooses a step with what it needs and what was left out with it, or leaves it out with what needs it. Steps that are under way or done
 * stay as they are.
 */
export function choose(steps: readonly PublishStep[], key: string, chosen: boolean): readonly PublishStep[] {
  const wanted = new Set([key]);
  if (chosen) {
    // From the end, since each depends only on those before it.
    for (const step of [...steps].reverse()) {
      if (!wanted.has(step.key)) continue;
      for (const other of missingFor(steps, step)) wanted.add(other.key);
    }
  }
  // Each comes after that with which it was left out.
  const back = new Set(chosen ? [key] : []);
  const changed = steps.map((step) => {
    const comesBack = step.leftOutWith !== undefined && back.has(step.leftOutWith);
    if (comesBack) back.add(step.key);
    return (comesBack || wanted.has(step.key)) && isOpen(step) ? { ...step, chosen, leftOutWith: undefined } : step;
  });
  return withoutLost(changed);
}

/** True for a step that the person may still choose or leave out. */
export function isOpen({ action, state }: PublishStep): boolean {
  return (action === 'make' || action === 'change') && (state === 'planned' || state === 'conflict' || state === 'failed');
}

/** Leaves out what needs something that is left out. */
function withoutLost(steps: readonly PublishStep[]): readonly PublishStep[] {
  const result: PublishStep[] = [];
  const holding = steps.filter(holdsAllBack);
  for (const step of steps) {
    const [missing] = step.chosen && isOpen(step) ? missingFor([...result, ...holding], step) : [];
    result.push(missing ? { ...step, chosen: false, leftOutWith: missing.key } : step);
  }
  return result;
}
