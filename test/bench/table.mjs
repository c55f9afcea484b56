// The figures of a run and the one table that shows them, each beside what it is compared with.

/**
 * One line of the table. `ours` and `baseline` hold one number for each of several interleaved runs.
 * @typedef {object} Figure
 * @property {string} name
 * @property {Unit} unit
 * @property {readonly number[]} ours
 * @property {{ name: string, values: readonly number[] }} [baseline] From the same run.
 * @property {Goal} [goal]
 */

/** @typedef {'ms' | 'bytes' | 'a minute' | 'waits' | 'calls'} Unit */

/** @typedef {{ ratio: number } | { most: number }} Goal At most so many times the baseline, or at most so much. */

/**
 * The middle value; of an even number of values, the mean of the two in the middle.
 * @param {readonly number[]} values At least one.
 */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The value that a share of all values does not exceed.
 * @param {readonly number[]} values At least one.
 * @param {number} share From 0 to 1.
 */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @param {number} value */
function digits(value) {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

/** @param {number} value @param {Unit} unit */
function scale(value, unit) {
  if (unit !== 'bytes') return { factor: 1, name: unit };
  return value >= 10 * 1024 * 1024 ? { factor: 1024 * 1024, name: 'MiB' } : { factor: 1024, name: 'KiB' };
}

/** @param {readonly number[]} values @param {Unit} unit */
function spread(values, unit) {
  const middle = median(values);
  const { factor, name } = scale(middle, unit);
  const range = values.length === 1 ? '' : ` (${digits(Math.min(...values) / factor)} to ${digits(Math.max(...values) / factor)})`;
  return `${digits(middle / factor)} ${name}${range}`;
}

/**
 * How many times the baseline, for each run on its own: what disturbs a run disturbs both sides of it.
 * @param {Figure} figure
 */
function ratios({ ours, baseline }) {
  return baseline === undefined ? [] : ours.map((value, run) => value / (baseline.values[run] ?? Number.NaN));
}

/** @param {Figure} figure */
function ratioText(figure) {
  const each = ratios(figure);
  const range = each.length > 1 ? ` (${Math.min(...each).toFixed(2)} to ${Math.max(...each).toFixed(2)})` : '';
  return each.length === 0 ? '' : `${median(each).toFixed(2)}x${range}`;
}

/** @param {Figure} figure */
function goalText(figure) {
  const { unit, ours, goal } = figure;
  if (goal === undefined) return '';
  const met = 'most' in goal ? median(ours) <= goal.most : median(ratios(figure)) <= goal.ratio;
  return `goal ${'most' in goal ? spread([goal.most], unit) : `${Number(goal.ratio.toFixed(2))}x`}, met: ${met ? 'yes' : 'no'}`;
}

const heads = ['Figure', 'Runs', 'Median (min to max)', 'Baseline', 'Median (min to max)', 'Ratio of each run', 'Goal'];

/** @param {Figure} figure */
function cells(figure) {
  const { name, unit, ours, baseline } = figure;
  const beside = baseline === undefined ? ['', ''] : [baseline.name, spread(baseline.values, unit)];
  return [name, String(ours.length), spread(ours, unit), ...beside, ratioText(figure), goalText(figure)];
}

/**
 * The table in Markdown, its columns aligned so that it can be read on a console as well.
 * @param {readonly Figure[]} figures
 */
export function table(figures) {
  const rows = [heads, ...figures.map(cells)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [head = '', ...lines] = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines].join('\n');
}
