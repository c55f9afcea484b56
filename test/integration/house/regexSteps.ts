// Runs a regular expression as a backtracking engine does and counts the steps: unlike a clock, the count is the same on every machine.

import { partsOf, type Part } from './regexParts';

/** What is left of limits above it while steps are counted: how time grows with the text shows in short texts already. */
const shownLimit = 6;
/** A higher limit than this counts as none. */
const highestLimit = 5000;

/** Thrown when an expression takes more steps than it may. */
export class TooManySteps extends Error {}

type Then = (at: number) => number;
type Run = (at: number, then: Then) => number;

/** An expression that can be run on texts. */
export interface Stepper {
  /** The first match from `from` on, as its start and end; undefined when there is none. */
  readonly match: (text: string, from: number) => readonly [number, number] | undefined;
  /** Steps that it takes to find all matches in a text, one behind the other as a replacement does. Throws TooManySteps. */
  readonly steps: (text: string, most: number) => number;
}

/** Makes an expression ready to be run. `exact` keeps its limits as they are. */
export function stepper(source: string, flags: string, exact = false): Stepper {
  const machine = new Machine(flags, exact);
  const run = machine.build(partsOf(source, flags), true);
  const match = (text: string, from: number): readonly [number, number] | undefined => {
    machine.text = text;
    for (let start = from; start <= text.length; start++) {
      machine.groups.clear();
      const end = run(start, (at) => at);
      if (end >= 0) return [start, end];
      if (flags.includes('y')) return undefined;
    }
    return undefined;
  };
  const steps = (text: string, most: number): number => {
    machine.count = 0;
    machine.most = most;
    for (let at = 0; at <= text.length; ) {
      const found = match(text, at);
      if (!found) break;
      at = found[1] === found[0] ? found[1] + 1 : found[1];
    }
    return machine.count;
  };
  return { match, steps };
}

class Machine {
  text = '';
  count = 0;
  most = Infinity;
  readonly groups = new Map<number, readonly [number, number]>();

  constructor(private readonly flags: string, private readonly exact: boolean) {}

  private step(): void {
    if (++this.count > this.most) throw new TooManySteps();
  }

  /** `ahead` is false within a lookbehind, which is matched from right to left. */
  build(part: Part, ahead: boolean): Run {
    switch (part.kind) {
      case 'set':
        return (at, then) => (this.takes(part.has, at, ahead) ? then(ahead ? at + 1 : at - 1) : -1);
      case 'all': {
        const runs = part.parts.map((each) => this.build(each, ahead));
        return (ahead ? runs.reverse() : runs).reduce<Run>((rest, first) => (at, then) => first(at, (next) => rest(next, then)), (at, then) => then(at));
      }
      case 'any': {
        const ways = part.ways.map((each) => this.build(each, ahead));
        return (at, then) => {
          for (const way of ways) {
            const end = way(at, then);
            if (end >= 0) return end;
          }
          return -1;
        };
      }
      case 'repeat':
        return this.repeat(part, ahead);
      case 'group': {
        const run = this.build(part.part, ahead);
        return (at, then) => {
          const before = this.groups.get(part.index);
          const end = run(at, (next) => {
            this.groups.set(part.index, ahead ? [at, next] : [next, at]);
            return then(next);
          });
          if (end < 0 && before) this.groups.set(part.index, before);
          return end;
        };
      }
      case 'look': {
        const run = this.build(part.part, part.ahead);
        return (at, then) => (run(at, (next) => next) >= 0 === part.wanted ? then(at) : -1);
      }
      case 'back':
        return (at, then) => {
          const [start, end] = this.groups.get(part.index) ?? [0, 0];
          this.count += end - start;
          return this.text.startsWith(this.text.slice(start, end), at) ? then(at + end - start) : -1;
        };
      case 'edge':
        return (at, then) => (this.isEdge(part.source, at) ? then(at) : -1);
      default:
        return part satisfies never;
    }
  }

  private repeat({ part, least, most, lazy }: Extract<Part, { kind: 'repeat' }>, ahead: boolean): Run {
    const limit = this.exact ? Infinity : shownLimit;
    const fewest = Math.min(least, limit);
    const highest = most > highestLimit ? Infinity : Math.min(most, limit);
    if (part.kind === 'set' && !lazy) return this.repeatedSet(part.has, fewest, highest, ahead);
    const run = this.build(part, ahead);
    const more = (times: number, at: number, then: Then): number => {
      const once = (): number => (times < highest ? run(at, (next) => (next === at && times >= fewest ? -1 : more(times + 1, next, then))) : -1);
      this.step();
      if (times < fewest) return once();
      if (lazy) {
        const end = then(at);
        return end >= 0 ? end : once();
      }
      const end = once();
      return end >= 0 ? end : then(at);
    };
    return (at, then) => more(0, at, then);
  }

  /** The same for single units, in a loop. */
  private repeatedSet(has: (code: number) => boolean, least: number, most: number, ahead: boolean): Run {
    const by = ahead ? 1 : -1;
    return (at, then) => {
      let times = 0;
      while (times < most && this.takes(has, at + times * by, ahead)) times += 1;
      for (; times >= least; times--) {
        this.step();
        const end = then(at + times * by);
        if (end >= 0) return end;
      }
      return -1;
    };
  }

  private takes(has: (code: number) => boolean, at: number, ahead: boolean): boolean {
    this.step();
    const place = ahead ? at : at - 1;
    return place >= 0 && place < this.text.length && has(this.text.charCodeAt(place));
  }

  private isEdge(edge: '^' | '$' | '\\b' | '\\B', at: number): boolean {
    this.step();
    const { text } = this;
    const lines = this.flags.includes('m');
    if (edge === '^') return at === 0 || (lines && isLineEnd(text.charAt(at - 1)));
    if (edge === '$') return at === text.length || (lines && isLineEnd(text.charAt(at)));
    return isWord(text.charAt(at - 1)) !== isWord(text.charAt(at)) === (edge === '\\b');
  }
}

function isLineEnd(character: string): boolean {
  return /^[\n\r\u2028\u2029]$/.test(character);
}

function isWord(character: string): boolean {
  return /^\w$/.test(character);
}
