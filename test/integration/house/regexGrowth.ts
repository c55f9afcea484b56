// Looks for texts on which a regular expression takes more than a fixed number of steps for each character.

import { partsOf, type Part } from './regexParts';
import { stepper, TooManySteps } from './regexSteps';

/** Two lengths of a text, in UTF-16 units; with its square, steps grow by 16 from one to the other, else by 4. */
const short = 100;
const long = 4 * short;
const mostGrowth = 7;
/** Below this a few steps more or less count for much. */
const fewSteps = 5000;
/** Nobody needs more; what takes them grows faster than any power. */
const mostSteps = 400_000;

const ends = ['\u0001', '\n', '', '"', ' x'];
const candidates = [...'a0 A"\\/.-=:;,_{}[]()<>&%\'+?@#$|*`~\n\t\r^!', ...'ésigKkpwdnux'];

/** A text on which the expression is slow: `lead`, many times `piece`, then `end`. */
export interface Slow {
  readonly lead: string;
  readonly piece: string;
  readonly end: string;
  /** How many times the steps of a text the steps of one four times as long are. */
  readonly growth: number;
}

/** The first text found on which the steps grow faster than the length; undefined when none is found. */
export function slowText(source: string, flags: string): Slow | undefined {
  const whole = partsOf(source, flags);
  // Without a repetition there is nothing to grow.
  if (loopsIn(whole, '').length === 0) return undefined;
  const { steps } = stepper(source, flags);
  for (const [lead, piece, end] of textsFor(whole)) {
    const count = (length: number): number => {
      try {
        return steps(lead + piece.repeat(Math.ceil(length / piece.length)) + end, mostSteps);
      } catch (error) {
        if (error instanceof TooManySteps) return Infinity;
        throw error;
      }
    };
    const few = count(short);
    const many = few < Infinity ? count(long) : Infinity;
    const growth = many === Infinity ? Infinity : many / few;
    if (many > fewSteps && growth > mostGrowth) return { lead, piece, end, growth };
  }
  return undefined;
}

/** Texts to try, made of what the expression itself takes: what stands in front of each repetition, then what is repeated. */
export function textsFor(part: Part): readonly (readonly [string, string, string])[] {
  const loops = loopsIn(part, '');
  const characters = [...new Set(['a', ' ', ...setsIn(part).map((has) => candidates.find((each) => has(each.charCodeAt(0))) ?? 'a')])].slice(0, 8);
  const leads = ['', ...loops.map(({ lead }) => lead), ...wordsIn(part)];
  const pieces = [...loops.flatMap(({ lead, pieces: inner }) => [...inner, ...inner.map((each) => lead + each), ...inner.map((each) => each + lead), lead]), ...wordsIn(part), ...characters];
  const texts: (readonly [string, string, string])[] = [];
  for (const { lead, pieces: inner } of loops) for (const piece of inner) for (const end of ends) texts.push([lead, piece, end], ['\u0001', piece, end]);
  for (const lead of new Set(leads.slice(0, 8))) for (const piece of new Set(pieces)) texts.push([lead, piece, '\u0001']);
  for (const one of characters) for (const other of characters) if (one !== other) texts.push(['', one + other, '\u0001']);
  const seen = new Set<string>();
  return texts.filter(([lead, piece, end]) => {
    const key = `${lead}\u0002${piece}\u0002${end}`;
    return piece !== '' && lead.length + piece.length < short / 2 && !seen.has(key) && seen.add(key);
  });
}

interface Loop {
  readonly lead: string;
  readonly pieces: readonly string[];
}

/** What may be repeated often, and a text that leads there. */
function loopsIn(part: Part, lead: string): Loop[] {
  switch (part.kind) {
    case 'all': {
      const loops: Loop[] = [];
      let before = lead;
      for (const each of part.parts) {
        loops.push(...loopsIn(each, before));
        before += sample(each, 0);
      }
      return loops;
    }
    case 'any':
      return part.ways.flatMap((way) => loopsIn(way, lead));
    case 'repeat': {
      const pieces = [...new Set([0, 1, 2, 3].map((choice) => sample(part.part, choice)))].filter((piece) => piece !== '');
      return [...(part.most > 5 ? [{ lead, pieces }] : []), ...loopsIn(part.part, lead)];
    }
    case 'group':
    case 'look':
      return loopsIn(part.part, lead);
    case 'set':
    case 'back':
    case 'edge':
      return [];
    default:
      return part satisfies never;
  }
}

/** A short text that the part takes; `choice` varies it. */
function sample(part: Part, choice: number): string {
  switch (part.kind) {
    case 'set': {
      const taken = candidates.filter((each) => part.has(each.charCodeAt(0)));
      return taken[Math.min(choice, taken.length - 1)] ?? (part.source.length === 1 ? part.source : '');
    }
    case 'all':
      return part.parts.map((each) => sample(each, choice)).join('');
    case 'any': {
      const way = part.ways[choice % part.ways.length];
      return way ? sample(way, choice) : '';
    }
    case 'repeat':
      return sample(part.part, choice).repeat(Math.min(Math.max(part.least, choice % 2), 8));
    case 'group':
      return sample(part.part, choice);
    case 'look':
    case 'back':
    case 'edge':
      return '';
    default:
      return part satisfies never;
  }
}

function setsIn(part: Part): ((code: number) => boolean)[] {
  switch (part.kind) {
    case 'set':
      return [part.has];
    case 'all':
      return part.parts.flatMap(setsIn);
    case 'any':
      return part.ways.flatMap(setsIn);
    case 'repeat':
    case 'group':
    case 'look':
      return setsIn(part.part);
    case 'back':
    case 'edge':
      return [];
    default:
      return part satisfies never;
  }
}

/** Literal words of the expression, each with what the expression takes behind it. */
function wordsIn(part: Part): string[] {
  const words = sample(part, 0).match(/[A-Za-z?&"'{<:;=]{2,20}|[^\s\w]/g) ?? [];
  return [...new Set([...words, ...words.map((word) => `${word} `)])].slice(0, 12);
}
