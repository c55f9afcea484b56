// The headers of both ways beside each other: which are only on one, which differ, and which are another one in each answer anyway. Pure.

import type { Header } from '../../../model/wire';
import { ways, type Way } from './measures';

/** How a header stands. `varies`: it is another one from answer to answer of the same way, or is known to be. */
export type HeaderVerdict = 'same' | 'differs' | 'onlyDirect' | 'onlyGateway' | 'varies';

/** A header of the answers. Values are those of each way's first answer that has it. */
export interface ComparedHeader {
  readonly name: string;
  readonly verdict: HeaderVerdict;
  readonly direct: string | undefined;
  readonly gateway: string | undefined;
}

/** Two clocks are never alike. */
const clock = 'date';

/** These are times and ids by what they are, in lower case: one answer cannot tell whether they stay. */
const mostlyOther: ReadonlySet<string> = new Set([
  'age', 'expires', 'last-modified', 'etag', 'set-cookie', 'traceparent', 'request-id', 'x-request-id', 'x-ms-request-id',
  'x-ms-client-request-id', 'apim-request-id', 'request-context', 'x-correlation-id', 'apim-trace-id', 'cf-ray', 'server-timing',
]);

/** So many headers are told apart; no honest answer has more. */
const mostHeaders = 200;

interface Seen {
  readonly name: string;
  readonly values: Set<string>;
  readonly first: string;
  /** In so many answers it was met. */
  answers: number;
}

/** Collects the headers of answers. */
export class HeaderDiff {
  private readonly seen: Readonly<Record<Way, Map<string, Seen>>> = { direct: new Map(), gateway: new Map() };

  /** An answer has come. */
  add(way: Way, headers: readonly Header[]): void {
    const joined = new Map<string, { readonly name: string; readonly values: string[] }>();
    for (const { name, value } of headers.slice(0, mostHeaders)) {
      const key = name.toLowerCase();
      const there = joined.get(key);
      if (there) there.values.push(value);
      else joined.set(key, { name, values: [value] });
    }
    for (const [key, { name, values }] of joined) {
      const value = values.join(', ');
      const there = this.seen[way].get(key);
      if (there) {
        there.values.add(value);
        there.answers += 1;
      }
      if (!there && this.seen[way].size < mostHeaders) {
        this.seen[way].set(key, { name, values: new Set([value]), first: value, answers: 1 });
      }
    }
  }

  /** What was met, by name: those that differ first. Empty until both ways have answered. */
  compared(): readonly ComparedHeader[] {
    if (ways.some((way) => this.seen[way].size === 0)) return [];
    const names = new Set([...this.seen.direct.keys(), ...this.seen.gateway.keys()]);
    return [...names].map((key) => this.compare(key)).sort((one, other) =>
      rank(one.verdict) - rank(other.verdict) || (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  }

  private compare(key: string): ComparedHeader {
    const [direct, gateway] = [this.seen.direct.get(key), this.seen.gateway.get(key)];
    const name = direct?.name ?? gateway?.name ?? key;
    return { name, verdict: verdictOf(key, direct, gateway), direct: direct?.first, gateway: gateway?.first };
  }
}

function verdictOf(key: string, direct: Seen | undefined, gateway: Seen | undefined): HeaderVerdict {
  if (!gateway) return 'onlyDirect';
  if (!direct) return 'onlyGateway';
  const all = new Set([...direct.values, ...gateway.values]);
  if (all.size === 1) return 'same';
  const isUnsure = mostlyOther.has(key) && Math.min(direct.answers, gateway.answers) < 2;
  return key === clock || isUnsure || direct.values.size > 1 || gateway.values.size > 1 ? 'varies' : 'differs';
}

function rank(verdict: HeaderVerdict): number {
  return ['differs', 'onlyDirect', 'onlyGateway', 'varies', 'same'].indexOf(verdict);
}
