// Takes back what a publishing has made, and puts back what it has changed, the last step first; what others have changed since is left.

import type { ArmJson } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import { scopeEnd } from './compare';
import { operationsNotIn } from './plan';
import type { KeptReason, PublishStep } from './publishing';
import { settle } from './apply';
import { full, isRevision, lastSegment, listOf, nameOf, propertiesOf, type ArmPlace, type There } from './reading';
import { withoutRevision } from './takenPath';
import { goOn, says, type PublishSteps } from './steps';

/**
 * Undoes a publishing. A step is `undone`, or `kept` with the reason. Throws what stopped it, after which it can be called again, and
 * Cancelled between two steps or in a wait when `signal` is raised.
 */
export async function undo(steps: PublishSteps, signal: AbortSignal): Promise<void> {
  steps.stopBy(signal);
  for (const { key } of [...steps.publishing.steps].reverse()) {
    goOn(signal);
    const step = await known(steps, steps.step(key));
    if (step.state === 'done' || step.state === 'undoing') await takeBack(steps, step);
  }
}

/** Finds out whether something was written where that is not known. */
async function known(steps: PublishSteps, step: PublishStep): Promise<PublishStep> {
  if (step.state !== 'writing' && step.state !== 'failed') return step;
  const settled = await settle(steps, step);
  return settled.state === 'planned' && settled !== step ? steps.note(settled) : settled;
}

async function takeBack(steps: PublishSteps, step: PublishStep): Promise<void> {
  const there = await steps.read(step);
  const over = endOf(step, there);
  if (over !== undefined) return end(steps, step, over);
  const kept = await reasonToKeep(steps, step, there);
  if (kept !== undefined) return end(steps, step, kept);
  // A link has no ETag of its own.
  const ifMatch = step.kind === 'productApi' ? undefined : step.madeEtag;
  const noted = await steps.note({ ...step, state: 'undoing' });
  const place = steps.place(step.key);
  const options = { ...place.options, onPoller: steps.onPoller(step) };
  try {
    const path = full(place, step.path);
    const guarded = step.kind === 'productApi' ? options : { ...options, ifMatch: ifMatch ?? '*' };
    if (step.action === 'make') await place.arm.delete(path, removing(step, guarded));
    else await place.arm.put(path, putBack(step), guarded);
  } catch (error) {
    if (error instanceof ArmFailed && error.reason === 'changed') return end(steps, noted, 'moved');
    throw error;
  }
  return end(steps, noted, 'undone');
}

/** What is known of a step without anything being done. */
function endOf(step: PublishStep, there: There | undefined): KeptReason | 'undone' | undefined {
  if (!there) return step.action === 'make' ? 'undone' : 'gone';
  if (step.action === 'change' && step.before === undefined) return 'beforeLost';
  if (step.state === 'undoing' && step.action === 'change' && says(step.kind, there.body, step.before)) return 'undone';
  const known = step.madeEtag !== undefined && there.etag !== undefined;
  const isOurs = known ? there.etag === step.madeEtag : step.after === undefined || says(step.kind, there.body, step.after);
  return isOurs ? undefined : 'moved';
}

/** Why what was made is not removed: somebody else would lose something by it. */
async function reasonToKeep(steps: PublishSteps, step: PublishStep, there: There | undefined): Promise<KeptReason | undefined> {
  if (step.action !== 'make' || !there) return undefined;
  const all = steps.publishing.steps;
  if (all.some(({ dependsOn, state }) => state === 'kept' && dependsOn.includes(step.key))) return 'holdsOthers';
  const place = steps.place(step.key);
  if (step.kind === 'api') return (await isApiOfOthers(place, step, all)) ? 'holdsOthers' : undefined;
  if (step.kind !== 'product') return undefined;
  if ((await listOf(place, `${step.path}/apis`)).length > 0) return 'holdsOthers';
  return (await keysFor(place, step.path)).some((each) => !isGiven(each)) ? 'holdsOthers' : undefined;
}

/** True where others have added an operation to an API, made a revision of it, put it into a product, or made keys for it. */
async function isApiOfOthers(place: ArmPlace, { path }: PublishStep, all: readonly PublishStep[]): Promise<boolean> {
  const others = await operationsNotIn(place, path, all);
  if (isRevision(path)) {
    // One revision alone goes without the others, and with what it has copied from the current one.
    const current = `/apis/${encodeURIComponent(withoutRevision(lastSegment(path)))}`;
    const copied = others.length === 0 ? [] : await listOrNothing(place, `${current}/operations`);
    return others.some(({ id }) => !copied.some((each) => nameOf(each).toLowerCase() === id.toLowerCase()));
  }
  if (others.length > 0) return true;
  if ((await listOrNothing(place, `${path}/revisions`)).length > 1) return true;
  return (await listOrNothing(place, `${path}/products`)).length > 0 || (await keysFor(place, path)).length > 0;
}

/** An instance that does not list this stops nothing. */
async function listOrNothing(place: ArmPlace, path: string): Promise<readonly ArmJson[]> {
  return listOf(place, path).catch((error: unknown) => {
    if (error instanceof ArmFailed && error.reason === 'notFound') return [];
    throw error;
  });
}

/** Subscriptions for a product or an API. */
async function keysFor(place: ArmPlace, path: string): Promise<readonly ArmJson[]> {
  const own = scopeEnd(`${path.slice(0, path.lastIndexOf('/'))}/${lastSegment(path)}`);
  return (await listOf(place, '/subscriptions')).filter((subscription) => {
    const { scope } = propertiesOf(subscription);
    return typeof scope === 'string' && scopeEnd(scope) === own && nameOf(subscription) !== '';
  });
}

/** The service itself gives its administrator a subscription to each new product, without a name. Those with one were made by a person. */
function isGiven(subscription: ArmJson): boolean {
  const { ownerId, displayName } = propertiesOf(subscription);
  return typeof ownerId === 'string' && ownerId.endsWith('/users/1') && (displayName ?? '') === '';
}

function removing<Options extends object>({ kind }: PublishStep, options: Options): Options & { query?: Readonly<Record<string, string>> } {
  return kind === 'product' ? { ...options, query: { deleteSubscriptions: 'true' } } : options;
}

function putBack({ before }: PublishStep): { readonly properties: Readonly<Record<string, unknown>> } {
  if (before?.kind === 'policy') return { properties: { format: 'rawxml', value: before.text } };
  return { properties: before?.kind === 'json' ? before.properties : {} };
}

async function end(steps: PublishSteps, step: PublishStep, how: KeptReason | 'undone'): Promise<void> {
  await steps.note(how === 'undone' ? { ...step, state: 'undone' } : { ...step, state: 'kept', kept: how });
}
