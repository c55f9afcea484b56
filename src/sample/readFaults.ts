// Reads descriptions of faults. What is wrong is answered with a 400 that names the member.

import { validateHeaderName, validateHeaderValue } from 'node:http';
import { operations, type Fault, type FaultAction } from './faults';
import { kindOf } from './json';
import { object, oneOf, readRoot, refuseOthers, whole, wrong, type Members } from './members';

/** The members that say what a fault does, each with the further members it may have. A fault has at most one of them. */
const actions: Readonly<Record<string, readonly string[]>> = {
  status: ['headers', 'body'],
  cut: [],
  brokenJson: [],
  throttle: [],
  never: [],
  slowBody: [],
  bytes: [],
  echo: [],
};

const tenMinutesMs = 600_000;

/** Reads `{"faults": [...]}`. Throws a 400 that names the member that is wrong, such as `faults[1].status`. */
export function readFaults(body: Buffer): Fault[] {
  const root = readRoot(body, ['faults']);
  if (!Array.isArray(root.faults)) throw wrong('faults', `must be an array, not ${kindOf(root.faults)}`);
  return root.faults.map((fault: unknown, index) => readFault(fault, `faults[${index}]`));
}

function readFault(value: unknown, path: string): Fault {
  const source = object(value, path);
  const chosen = Object.keys(source).filter((name) => Object.hasOwn(actions, name));
  if (chosen.length > 1) throw wrong(path, `can do only one of these at a time: ${chosen.join(', ')}`);
  const [kind] = chosen;
  const common = ['operation', 'times', 'delayMs'];
  const own = kind === undefined ? Object.keys(actions) : [kind, ...(actions[kind] ?? [])];
  refuseOthers(source, `${path}.`, [...own, ...common]);
  if (kind === undefined && source.delayMs === undefined) {
    throw wrong(path, `must have delayMs or one of these: ${Object.keys(actions).join(', ')}`);
  }
  return {
    operation: source.operation === undefined ? 'execute' : oneOf(source.operation, `${path}.operation`, operations),
    times: source.times === undefined ? 1 : whole(source.times, `${path}.times`, 1, 1_000_000),
    delayMs: source.delayMs === undefined ? 0 : whole(source.delayMs, `${path}.delayMs`, 0, tenMinutesMs),
    action: readAction(kind, source, path),
    source,
  };
}

function readAction(kind: string | undefined, source: Members, path: string): FaultAction {
  switch (kind) {
    case 'status':
      return readStatus(source, path);
    case 'cut':
      return { kind, when: oneOf(source.cut, `${path}.cut`, ['before', 'middle'] as const) };
    case 'throttle':
      return readThrottle(object(source.throttle, `${path}.throttle`), `${path}.throttle`);
    case 'slowBody': {
      const at = `${path}.slowBody`;
      const members = object(source.slowBody, at);
      refuseOthers(members, `${at}.`, ['bytes', 'everyMs']);
      return {
        kind,
        bytes: whole(members.bytes, `${at}.bytes`, 1, 1e9),
        everyMs: whole(members.everyMs, `${at}.everyMs`, 0, tenMinutesMs),
      };
    }
    case 'bytes':
      return { kind, bytes: whole(source.bytes, `${path}.bytes`, 1, 2e9) };
    case 'brokenJson':
    case 'never':
    case 'echo':
      if (source[kind] !== true) throw wrong(`${path}.${kind}`, 'must be true');
      return { kind };
    case undefined:
    default:
      return { kind: 'normal' };
  }
}

function readStatus(source: Members, path: string): FaultAction {
  const { body } = source;
  const headers: Record<string, string> = {};
  if (source.headers !== undefined) {
    for (const [name, value] of Object.entries(object(source.headers, `${path}.headers`))) {
      headers[name] = headerValue(name, value, `${path}.headers.${name}`);
    }
  }
  return {
    kind: 'status',
    status: whole(source.status, `${path}.status`, 200, 599),
    headers,
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    json: body !== undefined && typeof body !== 'string',
  };
}

function headerValue(name: string, value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrong(path, `must be a string, not ${kindOf(value)}`);
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw wrong(path, 'is not a header that can be sent');
  }
  return value;
}

function readThrottle(throttle: Members, path: string): FaultAction {
  const { retryAfterSeconds: seconds, retryAfterDate: date, gateway = false } = throttle;
  refuseOthers(throttle, `${path}.`, ['retryAfterSeconds', 'retryAfterDate', 'gateway']);
  if (typeof gateway !== 'boolean') throw wrong(`${path}.gateway`, 'must be true or false');
  if ((seconds === undefined) === (date === undefined)) throw wrong(path, 'must have either retryAfterSeconds or retryAfterDate');
  if (seconds !== undefined) {
    return { kind: 'throttle', retryAfter: String(whole(seconds, `${path}.retryAfterSeconds`, 0, 1e9)), gateway };
  }
  if (typeof date !== 'string' || Number.isNaN(Date.parse(date))) throw wrong(`${path}.retryAfterDate`, 'must be a date');
  return { kind: 'throttle', retryAfter: new Date(date).toUTCString(), gateway };
}
