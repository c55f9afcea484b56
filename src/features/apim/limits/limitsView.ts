// The state of the form's page, made of what was read and what stands in the fields.

import { currentLimits } from '../policy/currentLimits';
import { leftText } from '../policy/leftText';
import type { PolicyScope } from '../policy/policyScope';
import { limitText } from '../publish/publishWords';
import { diffLines } from './diffLines';
import { draftProblems, wantedOf } from './draft';
import type { LimitsDraft } from './formShape';
import { limitsInForce, type LimitInForce, type PolicyInForce } from './inForce';
import {
  besideTexts, notComparedText, notEditedText, notReadText, pollingText, shownLimit, sourceText, verdictText, whyShownText, winsTexts,
} from './limitsWords';
import type { BesideLine, FormContent, ShownLimits, TextContent } from './messages';
import { offeredLimits, whyNotOffered, type OfferedLimits } from './offered';
import { ownLimits, type LimitGroup, type OwnLimits } from './ownLimits';
import { isNew, resultingPolicy, type ResultingPolicy } from './resulting';
import { shownDiff, shownText, shownWords } from './shownPart';
import type { LimitsThere } from './there';

/** What the fields make of what was read. */
export interface LimitsWork {
  readonly own: OwnLimits;
  readonly offered: OfferedLimits;
  readonly problems: FormContent['problems'];
  readonly result: ResultingPolicy;
  /** True where the result is another policy than the one that was read. */
  readonly changes: boolean;
}

/** Reckons it; while something is wrong with the fields, the policy results as it is. */
export function workOn(scope: PolicyScope, { own: policy, tier }: LimitsThere, draft: LimitsDraft): LimitsWork {
  const text = policy?.text ?? '';
  const own = ownLimits(currentLimits(text));
  const offered = withPresent(offeredLimits(scope, tier), own);
  const wanted = wantedOf(draft, own, offered);
  const problems = draftProblems(wanted);
  const result = Object.keys(problems).length > 0 ? { text, left: [] } : resultingPolicy(policy, wanted);
  return { own, offered, problems, result, changes: result.text !== text };
}

/** What the policy has already is offered, whatever else is not. */
export function withPresent(offered: OfferedLimits, { rate, quota }: OwnLimits): OfferedLimits {
  const by = rate.kind === 'set' && !offered.by.includes(rate.value.by) ? [...offered.by, rate.value.by] : offered.by;
  return { by, quota: offered.quota || quota.kind !== 'none' };
}

/** Why a document is shown as text and not edited, in a sentence; undefined where it can be edited. */
export function notEditable(text: string): string | undefined {
  const { fault } = currentLimits(text);
  return fault && !isNew(text) ? notEditedText(text, fault) : undefined;
}

/** What the page shows of a policy, and of those beside it. */
export interface ShownThere {
  readonly content: FormContent | TextContent;
  readonly beside: readonly BesideLine[];
  readonly besideNotes: readonly string[];
}

/** What of the form's state stands in the page as it is. */
export interface FormNow {
  readonly draft: LimitsDraft;
  readonly filled: number;
  readonly turn: number;
  readonly wrongLine: number | undefined;
  readonly nowMs: number;
}

/** Makes it. */
export function shownThere(scope: PolicyScope, there: LimitsThere, now: FormNow): ShownThere {
  const text = there.own?.text ?? '';
  const reason = notEditable(text);
  const work = workOn(scope, there, now.draft);
  const inForce = limitsInForce(reason === undefined ? work.result.text : '', there.inherited);
  const [own, ...inherited] = inForce;
  const hasProducts = there.inherited.some(({ from }) => from.kind === 'product');
  const besideNotes = [...winsTexts(inForce), ...besideTexts(scope, there.apis, hasProducts)];
  return {
    content: reason === undefined
      ? formContent(scope, there, now, work, own, inherited)
      : textContent(reason, text),
    beside: inherited.map(besideLine), besideNotes,
  };
}

function textContent(reason: string, text: string): TextContent {
  const { shown, cut } = shownText(text);
  return { kind: 'text', reason, text: shown, cut };
}

function formContent(
  scope: PolicyScope, { own: policy, tier }: LimitsThere, { draft, filled, turn, wrongLine, nowMs }: FormNow,
  { own, offered, problems, result, changes }: LimitsWork, shown: PolicyInForce | undefined, inherited: readonly PolicyInForce[],
): FormContent {
  const limits = shown?.limits ?? [];
  const all = [...limits, ...inherited.flatMap((each) => each.limits)];
  const now = ownLimits(currentLimits(result.text));
  const diff = shownDiff(diffLines(policy?.text ?? '', result.text));
  const others = new Set(now.others.map((each) => each.limit?.start ?? each.text));
  const [shownRate, shownQuota] = [shownGroup(own.rate), shownGroup(own.quota)];
  const verdictOn = (group: LimitGroup<unknown>): string => {
    const found = group.kind === 'set' ? limits.find(({ limit }) => limit?.start === group.limit.start) : undefined;
    return found ? verdictText(found.verdict) : '';
  };
  return {
    kind: 'form', filled, turn, draft, problems, by: offered.by, hasQuota: offered.quota, why: whyNotOffered(scope, tier),
    ...(shownRate ? { shownRate } : {}), ...(shownQuota ? { shownQuota } : {}),
    rateVerdict: verdictOn(now.rate), quotaVerdict: verdictOn(now.quota),
    others: limits.filter(({ limit, tag }) => others.has(limit?.start ?? tag)).map(besideLimit),
    left: result.left.map(leftText).map(shownWords),
    warnings: all.map((each) => pollingText(each, nowMs)).filter((sentence) => sentence !== ''),
    diff: diff.shown, diffCut: diff.cut,
    ...(wrongLine === undefined ? {} : { wrongLine }),
    isNew: isNew(policy?.text ?? ''), changes,
  };
}

function shownGroup(group: LimitGroup<unknown>): ShownLimits | undefined {
  return group.kind === 'shown'
    ? { limits: group.limits.map((limit) => shownWords(limitText(limit))), why: whyShownText(group.why) }
    : undefined;
}

function besideLine({ from, fault, limits }: PolicyInForce): BesideLine {
  return { source: sourceText(from), limits: limits.map(besideLimit), ...(fault ? { problem: notReadText() } : {}) };
}

function besideLimit(limit: LimitInForce): BesideLine['limits'][number] {
  const { verdict } = limit;
  return {
    text: shownWords(shownLimit(limit)), verdict: verdictText(verdict), note: notComparedText(verdict),
    wins: verdict === 'wins' || verdict === 'ownCallers' || verdict === 'otherCallers',
  };
}
