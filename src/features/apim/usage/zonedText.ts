// Times for the cells of tables: of one length, so that they sort as texts, in the zone of the person who reads them.

const known = new Map<string, Intl.DateTimeFormat>();

/** The zone by its name, or undefined for what is none. */
export function readZone(name: string): string | undefined {
  try {
    return name === '' ? undefined : new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** `2026-05-12 14:00`, with seconds where they are asked for. */
export function zonedText(timeMs: number, zone: string | undefined, withSeconds = false): string {
  const key = zone ?? '';
  const format = known.get(key) ?? new Intl.DateTimeFormat('en-GB', {
    ...(zone === undefined ? {} : { timeZone: zone }), year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
    minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  });
  known.set(key, format);
  const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const minutes = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
  return withSeconds ? `${minutes}:${part('second')}` : minutes;
}

/** Writes these times as shortly as they are told apart and sort: `14:00:59` where all are of today, with the day or year else. */
export function shortTimes(timesMs: readonly number[], nowMs: number, zone: string | undefined): (timeMs: number) => string {
  const today = zonedText(nowMs, zone);
  const all = timesMs.map((timeMs) => zonedText(timeMs, zone));
  const isAlike = (length: number): boolean => all.every((each) => each.slice(0, length) === today.slice(0, length));
  const from = isAlike(10) ? 11 : isAlike(4) ? 5 : 0;
  return (timeMs) => zonedText(timeMs, zone, true).slice(from);
}
