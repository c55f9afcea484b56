// The state of a publishing's page, made of the publishing and of what this window knows beyond it.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { tryStringify } from '../../../base/shape';
import type { ArmWait } from '../../../model/arm';
import type { ErrorParts } from '../../../model/errors';
import { instanceTitle } from '../nodes';
import { limitsOf } from '../policy/limits';
import type { Difference } from './compare';
import type { Drift } from './drift';
import type { DriftLine, LineSign, PublishBusy, PublishLine, ToPublishPage } from './messages';
import { isLeft, isOpen, missingFor, phaseOf, type PublishStep, type Publishing } from './publishing';
import { actionLabel, failureText, keptText, kindLabel, limitText, noteText, waitText, warningText } from './publishWords';

/** What a window knows of a publishing beyond what is written down. */
export interface PublishNow {
  readonly busy?: PublishBusy | undefined;
  readonly problem?: ErrorParts | undefined;
  readonly outcome?: ToPublishPage['outcome'] | undefined;
  readonly drift?: readonly Drift[] | undefined;
  /** A call that waits, by the key of its step. */
  readonly wait?: { readonly key: string; readonly wait: ArmWait } | undefined;
}

/** So many members are named of what differs. */
const mostMembers = 20;

/** The page of a publishing. */
export function publishView(publishing: Publishing, { busy, problem, outcome, drift, wait }: PublishNow): ToPublishPage {
  const { key, definition, instance, steps, warnings } = publishing;
  const groups = grouped(steps);
  const failed = steps.find(({ state }) => state === 'failed');
  const failedLine = failed && groups.find((group) => group.includes(failed))?.[0]?.key;
  return {
    type: 'publishing',
    key,
    service: definition.service.name,
    instance: instanceTitle(instance),
    sample: instance.sample,
    phase: phaseOf(publishing),
    ...(busy === undefined ? {} : { busy }),
    left: steps.filter(isLeft).length,
    taken: steps.filter(({ state }) => state === 'done').length,
    lines: groups.map((group) => {
      const line = lineOf(steps, group, { busy: busy !== undefined, told: problem !== undefined });
      return wait && group.some((step) => step.key === wait.key) ? { ...line, state: waitText(wait.wait) } : line;
    }),
    warnings: warnings.map(warningText),
    ...(problem === undefined ? {} : { problem: { ...problem, ...(failedLine === undefined ? {} : { line: failedLine }) } }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(drift === undefined ? {} : { drift: drift.map(driftLine) }),
    canUndo: steps.some(({ state }) => ['done', 'writing', 'undoing'].includes(state)),
    canOpenPortal: !instance.sample,
  };
}

/** The page where there is no publishing. */
export const noPublishing: ToPublishPage = {
  type: 'publishing', key: '', service: '', instance: '', sample: false, phase: 'review', left: 0, taken: 0, lines: [], warnings: [],
  canUndo: false, canOpenPortal: false,
};

/** The steps that a line of this key stands for. */
export function stepsOfLine(steps: readonly PublishStep[], key: string): readonly PublishStep[] {
  return grouped(steps).find(([first]) => first?.key === key) ?? [];
}

/** Operations, and their policies, that follow each other and are treated alike are one line. */
function grouped(steps: readonly PublishStep[]): readonly (readonly PublishStep[])[] {
  const groups: PublishStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    const many = step.kind === 'operation' || step.kind === 'operationPolicy';
    // One that differs from what is there is looked at by itself.
    const alike = before?.kind === step.kind && before.action === step.action && step.action !== 'change';
    if (last && many && alike) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** `told`: what went wrong stands beneath its line. */
function lineOf(
  steps: readonly PublishStep[], group: readonly PublishStep[], { busy, told }: { readonly busy: boolean; readonly told: boolean },
): PublishLine {
  const [step] = group;
  if (!step) throw new Error('A line has a step.');
  const chosen = group.every((each) => each.chosen);
  const open = !busy && group.some(isOpen);
  const missing = chosen ? [] : missingFor(steps, step);
  const { sign, state } = stateOf(group, busy);
  return {
    key: step.key,
    action: step.action,
    actionLabel: actionLabel(step.action),
    kind: group.length > 1 ? manyLabel(step.kind) : kindLabel(step.kind),
    name: group.map(({ name }) => name).join(', '),
    detail: group.length > 1 ? '' : detailOf(step),
    chosen,
    open: open && missing.every(({ action }) => action !== 'conflict'),
    ...(missing[0] ? { why: whyOut(missing[0]) } : {}),
    sign,
    state,
    notes: [...group.flatMap(notesOf).map(noteText), ...keptNotes(group), ...(told ? [] : failureNotes(group))],
    ...(step.action === 'change' ? { look: 'diff' as const } : step.kind === 'productApi' ? {} : { look: 'show' as const }),
    offers: busy ? [] : (step.offers ?? []).map(({ kind, name }) => ({
      kind,
      label: kind === 'update' ? l10n.t('Update "{0}"', name) : l10n.t('Make a New Revision of "{0}"', name),
    })),
  };
}

function whyOut({ kind, name, action }: PublishStep): string {
  return action === 'conflict'
    ? l10n.t('It waits until the conflict of "{0}" ({1}) is decided.', name, kindLabel(kind))
    : l10n.t('It needs "{0}" ({1}), which is left out.', name, kindLabel(kind));
}

function manyLabel(kind: PublishStep['kind']): string {
  return kind === 'operation' ? l10n.t('operations') : l10n.t('operation policies');
}

/** What was said of a conflict says nothing of a step that was taken since. */
function notesOf({ notes, state }: PublishStep): PublishStep['notes'] {
  return notes.filter(({ code }) => code !== 'changedMeanwhile' || state === 'conflict');
}

function keptNotes(group: readonly PublishStep[]): readonly string[] {
  return [...new Set(group.flatMap(({ state, kept }) => (state === 'kept' && kept !== undefined ? [keptText(kept)] : [])))];
}

function failureNotes(group: readonly PublishStep[]): readonly string[] {
  return group.flatMap(({ state, failure }) => (state === 'failed' && failure ? [failureText(failure)] : []));
}

function stateOf(group: readonly PublishStep[], busy: boolean): { readonly sign: LineSign; readonly state: string } {
  const has = (state: PublishStep['state']): boolean => group.some((step) => step.state === state);
  if (has('failed')) return { sign: 'failed', state: l10n.t('failed') };
  if (has('conflict')) return { sign: 'conflict', state: l10n.t('changed meanwhile') };
  // Nothing turns where nobody works: the window may have been killed, or the wait was ended.
  if (!busy && has('writing')) return { sign: 'conflict', state: l10n.t('not known yet: Carry On looks it up') };
  if (!busy && has('undoing')) return { sign: 'conflict', state: l10n.t('not known yet: Go On Undoing looks it up') };
  if (has('writing')) return { sign: 'going', state: progress(group, l10n.t('writing')) };
  if (has('undoing')) return { sign: 'going', state: l10n.t('undoing') };
  if (has('kept')) return { sign: 'kept', state: l10n.t('left') };
  if (has('done') && group.every(({ state }) => state === 'done')) return { sign: 'done', state: l10n.t('done') };
  if (has('done')) return { sign: 'going', state: progress(group, '') };
  return has('undone') ? { sign: 'undone', state: l10n.t('undone') } : { sign: 'none', state: '' };
}

function progress(group: readonly PublishStep[], single: string): string {
  if (group.length === 1) return single;
  return l10n.t('{0} of {1}', formatCount(group.filter(({ state }) => state === 'done').length), formatCount(group.length));
}

function detailOf(step: PublishStep): string {
  const { kind, before, after } = step;
  if (step.secret !== undefined) {
    return step.action === 'make' ? l10n.t('secret: the service’s API key, which is asked for where none is kept here') : '';
  }
  if (kind === 'api' && after?.kind === 'json' && typeof after.properties['path'] === 'string') return `/${after.properties['path']}`;
  if (after?.kind !== 'policy' || (before !== undefined && before.kind !== 'policy')) return '';
  const was = before ? limitsOf(before.text).limits.map(limitText) : [];
  const now = limitsOf(after.text).limits.map(limitText);
  const [gone, come] = [was.filter((each) => !now.includes(each)), now.filter((each) => !was.includes(each))];
  if (come.length === 0) return '';
  return gone.length === 0 ? come.join('; ') : `${gone.join('; ')} → ${come.join('; ')}`;
}

function driftLine({ key, kind, name, state, members, there, wanted }: Drift): DriftLine {
  return {
    key, name,
    kind: kindLabel(kind),
    state: state === 'missing' ? l10n.t('missing') : state === 'beside' ? l10n.t('added') : l10n.t('differs'),
    members: members.slice(0, mostMembers).map(memberText),
    diff: there !== undefined && wanted !== undefined,
  };
}

function memberText({ path, there, wanted }: Difference): string {
  return l10n.t('{0} is {1} and was {2}', path, shown(there), shown(wanted));
}

/** A value in a few characters. */
function shown(value: unknown): string {
  const text = value === undefined ? l10n.t('absent') : tryStringify(value) ?? '';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
