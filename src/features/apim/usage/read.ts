// Reads what usage shows: the calls over time, and by what else the reports tell of what is looked at.

import { ArmFailed } from '../../../model/errors';
import type { ArmPlace } from '../publish/reading';
import type { UsageNumbers } from './numbers';
import type { UsageWindow } from './period';
import { canNarrow, readByName, readByTime, reportOf, type NamedRow, type ReportRows } from './reports';
import { fillSlots, totalOf, type UsageSlots } from './slots';
import { idKinds, type UsageIdKind, type UsageIds } from './usageShape';
import { cutText, leftOutText, notOfApiText, outsideText, strangeText } from './usageWords';

/** What is asked about. */
export interface UsageQuestion {
  readonly window: UsageWindow;
  readonly ids: UsageIds;
  readonly intervalMs: number;
}

/** The calls by one kind of thing, most calls first. */
export interface NamedRows {
  readonly kind: UsageIdKind;
  readonly rows: readonly NamedRow[];
  /** True where not all rows of the report are among them. */
  readonly lacksRows?: boolean;
}

/** What was read. */
export interface UsageRead extends UsageQuestion {
  readonly slots: UsageSlots;
  readonly total: UsageNumbers;
  /** Calls, zeros alone, or nothing at all. */
  readonly told: 'calls' | 'zeros' | 'nothing';
  readonly breakdowns: readonly NamedRows[];
  readonly notes: readonly string[];
}

/** Reads it. Throws ArmFailed and Cancelled. */
export async function readUsage(place: ArmPlace, question: UsageQuestion): Promise<UsageRead> {
  const { window, ids, intervalMs } = question;
  const kinds = idKinds.filter((kind) => ids[kind] === undefined);
  const possible = kinds.filter((kind) => canNarrow(reportOf(kind), ids));
  const [overTime, ...byName] = await Promise.all([
    readByTime(place, window, ids, intervalMs),
    ...possible.map((kind) => orNone(readByName(place, kind, window, ids))),
  ]);
  // The end of a filter is part of what it asks for, and belongs to the next slot.
  const rows = overTime.rows.filter(({ atMs }) => window.open || atMs < window.toMs);
  const { slots, outside } = fillSlots(rows, window, intervalMs);
  const breakdowns = possible.flatMap((kind, at): readonly NamedRows[] => {
    const found = byName[at];
    return found ? [{ kind, rows: sorted(found.rows), lacksRows: found.isCut || found.strange > 0 }] : [];
  });
  const all: readonly ReportRows<unknown>[] = [overTime, ...byName.filter((each) => each !== undefined)];
  const strange = all.reduce((sum, each) => sum + each.strange, 0);
  const missing = possible.filter((_, at) => byName[at] === undefined);
  const total = totalOf(slots);
  const someCalls = total.calls > 0 || breakdowns.some((each) => each.rows.some(({ numbers }) => numbers.calls > 0));
  const someRows = rows.length > 0 || breakdowns.some((each) => each.rows.length > 0);
  return {
    ...question, slots, total, breakdowns, told: someCalls ? 'calls' : someRows ? 'zeros' : 'nothing',
    notes: [
      ...(strange === 0 ? [] : [strangeText(strange)]), ...(outside === 0 ? [] : [outsideText(outside)]),
      ...(all.some(({ isCut }) => isCut) ? [cutText()] : []), ...missing.map(leftOutText),
      ...(kinds.length === possible.length ? [] : [notOfApiText()]),
    ],
  };
}

/** A report that an instance does not give keeps nobody from the others. */
async function orNone<Row>(reading: Promise<ReportRows<Row>>): Promise<ReportRows<Row> | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isNotGiven(error)) return undefined;
    throw error;
  }
}

/** True for what says that there is no such report. */
export function isNotGiven(error: unknown): boolean {
  return error instanceof ArmFailed && (error.reason === 'invalid' || error.reason === 'notFound');
}

const tiersWithout = /^(?:Consumption|\w{1,20}v2)$/i;

/** True where an error says that the tier of the instance has no reports at all. */
export function isTierWithout(error: unknown, tier: string | undefined): boolean {
  if (!isNotGiven(error) || !(error instanceof ArmFailed)) return false;
  return error.code === 'MethodNotAllowedInPricingTier' || (tier !== undefined && tiersWithout.test(tier));
}

function sorted(rows: readonly NamedRow[]): readonly NamedRow[] {
  return rows.toSorted((one, other) => other.numbers.calls - one.numbers.calls);
}
