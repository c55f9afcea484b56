// Reads the answer of listTrace into steps: what is understood as facts, and all the rest as JSON that stays with its step.

import { beginningOfText } from '../../../base/cutText';
import { filledText, isArray, isObject, member, memberAnyCase, tryStringify, type JsonObject } from '../../../base/shape';
import { traceSections, type Trace, type TracedHeader, type TraceFact, type TraceSection, type TraceStep } from './traceModel';

/** More steps are in no trace that a person reads. */
const mostSteps = 1_000;

/** Texts are cut behind so many UTF-16 units, with three dots. */
const longest = { name: 200, message: 2_000, value: 4_000, rest: 20_000 } as const;

/** A trace that was masked; undefined for what is none, or has no step yet. */
export function readTrace(body: unknown): Trace | undefined {
  const entries = memberAnyCase(body, 'traceEntries');
  if (!isObject(entries)) return undefined;
  const all = traceSections.flatMap((section) => {
    const lines = memberAnyCase(entries, section) ?? (section === 'on-error' ? memberAnyCase(entries, 'onError') : undefined);
    return isArray(lines) ? lines.map((line) => ({ section, line })) : [];
  });
  if (all.length === 0) return undefined;
  let before = 0;
  const steps = all.slice(0, mostSteps).map(({ section, line }) => {
    const atMs = timeSpanMs(member(line, 'elapsed'));
    const tookMs = atMs === undefined || atMs < before ? undefined : atMs - before;
    before = Math.max(before, atMs ?? 0);
    return readStep(section, line, atMs, tookMs);
  });
  return { steps, totalMs: before === 0 ? undefined : before, left: all.length - steps.length };
}

function readStep(section: TraceSection, line: unknown, atMs: number | undefined, tookMs: number | undefined): TraceStep {
  const source = beginning(filledText(member(line, 'source')) ?? '', 'name');
  const data = member(line, 'data');
  if (!isObject(data)) {
    const [messages, rest] = typeof data === 'string' ? [[beginning(data, 'message')], undefined] : [[], restOf(data)];
    return { section, source, atMs, tookMs, messages, facts: [], rest };
  }
  const reading = new Reading(data, source);
  const messages = [...reading.texts('message'), ...reading.texts('messages')];
  const facts = reading.facts();
  return { section, source, atMs, tookMs, messages, facts, rest: reading.rest() };
}

/** Takes what is understood out of the data of a step. */
class Reading {
  private readonly open: Map<string, unknown>;

  constructor(data: JsonObject, private readonly source: string) {
    this.open = new Map(Object.entries(data));
  }

  /** A text or a list of texts. */
  texts(name: string): readonly string[] {
    const value = this.open.get(name);
    const isList = isArray(value) && value.every((each) => typeof each === 'string');
    const found = typeof value === 'string' ? [value] : isList ? value : undefined;
    if (found === undefined) return [];
    this.open.delete(name);
    return found.filter((each) => each !== '').map((each) => beginning(each, 'message'));
  }

  facts(): readonly TraceFact[] {
    return [
      ...this.changedHeaders(), ...this.addresses(), ...this.message('request', requestOf), ...this.message('response', responseOf),
      ...this.expression(), ...this.variable(),
    ];
  }

  /** What is left, as JSON; undefined where nothing is. */
  rest(): string | undefined {
    return this.open.size === 0 ? undefined : restOf(Object.fromEntries(this.open));
  }

  private changedHeaders(): readonly TraceFact[] {
    const one = this.taken('header', headerOf);
    const several = this.taken('headers', headersOf) ?? [];
    const changes = (name: string, kind: 'headerSet' | 'headerRemoved'): readonly TraceFact[] =>
      (this.taken(name, headersOf) ?? []).map((header) => ({ kind, header }));
    const told = [...(one ? [one] : []), ...several].map((header): TraceFact =>
      ({ kind: header.value === undefined ? 'headerRemoved' : 'headerSet', header }));
    return [...told, ...changes('added', 'headerSet'), ...changes('changed', 'headerSet'), ...changes('removed', 'headerRemoved')];
  }

  private addresses(): readonly TraceFact[] {
    const pair = (kind: 'backend' | 'url', before: string, after: string): readonly TraceFact[] => {
      const now = this.taken(after, valueText);
      return now === undefined ? [] : [{ kind, before: this.taken(before, valueText), after: now }];
    };
    const found = pair('backend', 'oldBackendServiceUrl', 'newBackendServiceUrl');
    const old = this.taken('oldUrl', valueText);
    if (old === undefined) return found;
    const url = this.taken('request', (request) => (hasOnly(request, ['url']) ? valueText(member(request, 'url')) : undefined));
    return url === undefined ? found : [...found, { kind: 'url', before: old, after: url }];
  }

  private message(name: string, read: (value: JsonObject) => TraceFact | undefined): readonly TraceFact[] {
    const found = this.taken(name, (value) => (isObject(value) ? read(value) : undefined));
    return found ? [found] : [];
  }

  private expression(): readonly TraceFact[] {
    const text = this.open.get('expression');
    if (typeof text !== 'string' || !this.open.has('value')) return [];
    const value = plainText(this.open.get('value'));
    this.open.delete('expression');
    this.open.delete('value');
    return [{ kind: 'expression', text: beginning(text, 'value'), value }];
  }

  private variable(): readonly TraceFact[] {
    const name = this.open.get('name');
    if (this.source !== 'set-variable' || typeof name !== 'string' || !this.open.has('value')) return [];
    const value = plainText(this.open.get('value'));
    this.open.delete('name');
    this.open.delete('value');
    return [{ kind: 'variable', name: beginning(name, 'name'), value }];
  }

  private taken<T>(name: string, read: (value: unknown) => T | undefined): T | undefined {
    const found = this.open.has(name) ? read(this.open.get(name)) : undefined;
    if (found !== undefined) this.open.delete(name);
    return found;
  }
}

function requestOf(value: JsonObject): TraceFact | undefined {
  if (!hasOnly(value, ['method', 'url', 'headers'])) return undefined;
  const headers = headersIn(value);
  return headers && { kind: 'request', method: valueText(value['method']), url: valueText(value['url']), headers };
}

function responseOf(value: JsonObject): TraceFact | undefined {
  const status = value['status'];
  if (!hasOnly(value, ['status', 'headers']) || !(status === undefined || hasOnly(status, ['code', 'reason']))) return undefined;
  const code = Number(member(status, 'code') ?? Number.NaN);
  const headers = headersIn(value);
  return headers && {
    kind: 'response', status: Number.isInteger(code) ? code : undefined, reason: valueText(member(status, 'reason')), headers,
  };
}

function headersIn(value: JsonObject): readonly TracedHeader[] | undefined {
  return value['headers'] === undefined || value['headers'] === null ? [] : headersOf(value['headers']);
}

/** Undefined unless each of the list is a header. */
function headersOf(value: unknown): readonly TracedHeader[] | undefined {
  if (!isArray(value)) return undefined;
  const found = value.flatMap((each) => headerOf(each) ?? []);
  return found.length === value.length ? found : undefined;
}

function headerOf(value: unknown): TracedHeader | undefined {
  const name = member(value, 'name');
  if (typeof name !== 'string' || !hasOnly(value, ['name', 'value'])) return undefined;
  const text = member(value, 'value');
  return { name: beginning(name, 'name'), value: text === undefined || text === null ? undefined : plainText(text) };
}

function hasOnly(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && Object.keys(value).every((name) => names.includes(name));
}

function valueText(value: unknown): string | undefined {
  return typeof value === 'string' ? beginning(value, 'value') : undefined;
}

function plainText(value: unknown): string {
  return beginning(typeof value === 'string' ? value : (tryStringify(value) ?? ''), 'value');
}

function restOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = tryIndented(value);
  return text === undefined ? undefined : beginning(text, 'rest');
}

function tryIndented(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, undefined, 2);
  } catch {
    return undefined;
  }
}

function beginning(text: string, kind: keyof typeof longest): string {
  const most = longest[kind];
  return text.length <= most ? text : `${beginningOfText(text, most)}…`;
}

/** A span as .NET writes it, in milliseconds: `00:00:00.0725926`, with days before a dot. */
function timeSpanMs(value: unknown): number | undefined {
  const found = typeof value === 'string' ? /^(?:(\d{1,6})\.)?(\d{1,6}):(\d\d):(\d\d(?:\.\d{1,9})?)$/.exec(value.trim()) : null;
  if (!found) return undefined;
  const [, days = '0', hours = '', minutes = '', seconds = ''] = found;
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
