// Runs: what is sent in which order, what joins, what is stopped, and what the panel is told of it.

import { beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../../src/model/errors';
import type { Exchange } from '../../../../src/model/exchange';
import type { HealthState } from '../../../../src/model/health';
import { reportListenerErrors } from '../../../../src/model/lifetime';
import type { Service } from '../../../../src/model/service';
import { Health } from '../../../../src/features/services/health';
import { Runs, type RunItem } from '../../../../src/features/scoring/runs';

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };

function item(file: string): RunItem {
  return { file, source: file, service, read: () => Promise.resolve({ form: 'table', json: '{}' }) };
}

function exchange(source: string, some: Partial<Exchange> = {}): Exchange {
  return { service, source, method: 'POST', url: 'https://h/p', requestHeaders: [], requestBody: '{}', requestBytes: 2, startedAt: 0, durationMs: 5, earlierAttempts: [], tables: [], notes: [], answer: { status: 200, statusText: 'OK', headers: [], body: new Uint8Array() }, ...some };
}

interface Call {
  readonly source: string;
  readonly signal: AbortSignal;
  readonly answer: (exchange?: Exchange) => void;
  readonly fail: (error: Error) => void;
}

let calls: Call[];
let health: Health;
let runs: Runs;

beforeEach(() => {
  calls = [];
  health = new Health();
  runs = new Runs((sent, signal, onProgress) => new Promise((resolve, reject) => {
    onProgress({ kind: 'sending' });
    signal.addEventListener('abort', () => reject(new Cancelled()));
    calls.push({ source: sent.source, signal, answer: (given) => resolve(given ?? exchange(sent.source)), fail: reject });
  }), health, () => 42, (error) => ({ sentence: String(error) }));
});

const states = (): string[] => runs.entries.map((entry) => `${entry.item.source} ${entry.state.kind}`);
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a run', () => {
  it('sends one after another and follows', async () => {
    const { over } = runs.send([item('a'), item('b')]);
    expect(states()).toEqual(['a sending', 'b pending']);
    expect(runs.current).toBe(0);
    calls[0]?.answer();
    await settle();
    expect(states()).toEqual(['a answered', 'b sending']);
    expect(runs.current).toBe(1);
    calls[1]?.answer();
    await over;
    expect(runs.busy).toBe(false);
  });

  it('does not take the person away from what they chose to look at', async () => {
    const { over } = runs.send([item('a'), item('b'), item('c')]);
    runs.select(2);
    runs.select(7);
    calls[0]?.answer();
    await settle();
    expect(runs.current).toBe(2);
    runs.cancel();
    await over;
  });

  it('is joined by what is sent meanwhile, and replaced by what is sent later', async () => {
    const { over: first } = runs.send([item('a')]);
    const { over: second } = runs.send([item('b')]);
    expect(states()).toEqual(['a sending', 'b sending']);
    expect(runs.current).toBe(1);
    for (const call of calls) call.answer();
    await Promise.all([first, second]);
    const { over: third } = runs.send([item('c')]);
    expect(states()).toEqual(['c sending']);
    calls[2]?.answer();
    await third;
  });

  it('a file that is sent again takes the place of its own call, which is stopped', async () => {
    const { over: first } = runs.send([item('a')]);
    const { over: second } = runs.send([item('a')]);
    await first;
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(states()).toEqual(['a sending']);
    calls[1]?.answer();
    await second;
    expect(states()).toEqual(['a answered']);
  });

  it('cancel stops what is under way and what is to come', async () => {
    const { over } = runs.send([item('a'), item('b')]);
    runs.cancel();
    await over;
    expect(states()).toEqual(['a cancelled', 'b cancelled']);
    expect(calls).toHaveLength(1);
  });

  it('drops the late answer, and the late progress, of a call that does not hear that it is cancelled', async () => {
    let answer: (given: Exchange) => void = () => undefined;
    let progress: () => void = () => undefined;
    runs = new Runs((_sent, _signal, onProgress) => {
      progress = () => onProgress({ kind: 'sending' });
      progress();
      return new Promise((resolve) => (answer = resolve));
    }, health, () => 42, String as never);
    const { over } = runs.send([item('a')]);
    runs.cancel();
    progress();
    answer(exchange('a'));
    await over;
    expect(states()).toEqual(['a cancelled']);
  });

  it('stops what goes to a service that is to be forgotten, and nothing else', async () => {
    const other = { ...item('b'), service: { ...service, address: 'https://h/q' } };
    const first = runs.send([item('a'), item('c')]);
    const second = runs.send([other]);
    runs.cancelFor(service.address);
    await first.over;
    expect(states()).toEqual(['a cancelled', 'c cancelled', 'b sending']);
    calls[1]?.answer();
    await second.over;
    expect(calls.map(({ source }) => source)).toEqual(['a', 'b']);
  });

  it('follows no entry that was sent once more meanwhile', async () => {
    const { over } = runs.send([item('a'), item('b')]);
    const again = runs.send([item('b')]);
    runs.select(0);
    calls[0]?.answer();
    await over;
    expect(runs.current).toBe(0);
    calls[1]?.answer();
    await again.over;
    expect(states()).toEqual(['a answered', 'b answered']);
  });

  it('sends an entry again in its place', async () => {
    const { over } = runs.send([item('a'), item('b')]);
    calls[0]?.answer();
    await settle();
    calls[1]?.answer();
    await over;
    const [entry] = runs.entries;
    if (!entry) throw new Error('no entry');
    const again = runs.resend(entry, item('a2')).over;
    expect(states()).toEqual(['a2 sending', 'b answered']);
    expect(runs.current).toBe(0);
    calls[2]?.answer();
    await again;
    expect(states()).toEqual(['a2 answered', 'b answered']);
  });

  it('a fault of our own is shown in its place, and the others go on', async () => {
    const { over } = runs.send([item('a'), item('b')]);
    calls[0]?.fail(new Error('bug'));
    await settle();
    calls[1]?.answer();
    await over;
    expect(states()).toEqual(['a failed', 'b answered']);
    expect(runs.entries[0]?.state).toEqual({ kind: 'failed', problem: { sentence: 'Error: bug' }, at: 42 });
    expect(runs.busy).toBe(false);
  });

  it('sends what comes twice once', async () => {
    const { over } = runs.send([item('a'), item('a')]);
    expect(states()).toEqual(['a sending']);
    expect(runs.current).toBe(0);
    calls[0]?.answer();
    await over;
  });

  it('can be stopped without stopping another', async () => {
    const first = runs.send([item('a')]);
    const second = runs.send([item('b')]);
    first.cancel();
    await first.over;
    expect(states()).toEqual(['a cancelled', 'b sending']);
    calls[1]?.answer();
    await second.over;
  });
});

describe('a listener that throws', () => {
  it('leaves no request under way for ever', async () => {
    const failures: unknown[] = [];
    reportListenerErrors((error) => failures.push(error));
    for (const event of [runs.onDidChange, health.onDidChange]) {
      event(() => {
        throw new Error('listener');
      });
    }
    const { over } = runs.send([item('a'), item('b')]);
    for (const index of [0, 1]) {
      calls[index]?.answer();
      await settle();
    }
    await over;
    expect(states()).toEqual(['a answered', 'b answered']);
    expect([runs.busy, health.of(service.address).kind]).toEqual([false, 'answering']);
    expect(failures).not.toHaveLength(0);
  });
});

describe('answers that are too many', () => {
  const large = (source: string): Exchange => exchange(
    source,
    {
      answer: { status: 200, statusText: 'OK', headers: [{ name: 'x', value: 'y' }], body: new Uint8Array(1000) },
      requestBody: 'x'.repeat(500),
    },
  );
  const held = (): number[] => runs.entries.map(
    ({ state }) => (state.kind === 'answered' ? state.exchange.requestBody.length + (state.exchange.answer?.body.byteLength ?? 0) : -1),
  );
  let letGo: string[];
  beforeEach(() => {
    letGo = [];
    runs = new Runs((sent) => {
      if (sent.source === 'd') runs.select(1);
      return Promise.resolve(large(sent.source));
    }, health, () => 42, String as never, {
      mostHeldBytes: 4500, onLetGo: (whole, light) => letGo.push(`${whole.source} ${whole.requestBody.length} ${light.requestBody.length}`),
    });
  });

  it('are let go, the oldest first, but for what is looked at and what came last', async () => {
    await runs.send(['a', 'b', 'c', 'd', 'e', 'f'].map(item)).over;
    expect(held()).toEqual([0, 1500, 0, 0, 1500, 1500]);
    expect(letGo).toEqual(['a 500 0', 'c 500 0', 'd 500 0']);
    const [first] = runs.entries;
    expect(first?.state).toEqual({
      kind: 'answered', letGo: true,
      exchange: {
        ...large('a'), requestBody: '', tables: [], answer: { ...large('a').answer, body: new Uint8Array() },
        missing: { request: 'gone', answer: 'gone' },
      },
    });
  });

  it('do not count any more once others have taken their place', async () => {
    await runs.send([item('a'), item('b'), item('c')]).over;
    for (let times = 0; times < 10; times += 1) {
      const [entry] = runs.entries;
      if (entry) await runs.resend(entry, item('a')).over;
    }
    await runs.send([item('a'), item('b'), item('c')]).over;
    expect(letGo).toEqual([]);
  });

  it('one that is too large by itself is held while it is the last', async () => {
    runs = new Runs((sent) => Promise.resolve(large(sent.source)), health, () => 42, String as never, { mostHeldBytes: 1 });
    await runs.send(['a', 'b', 'c'].map(item)).over;
    expect(held()).toEqual([0, 0, 1500]);
  });
});

it('how long a call lasts is counted by a clock that nobody sets', async () => {
  let ticks = 100;
  runs = new Runs((_sent, signal, onProgress) => new Promise((_resolve, reject) => {
    onProgress({ kind: 'sending' });
    ticks = 300;
    onProgress({ kind: 'waiting', reason: 'Busy.', waitMs: 50 });
    signal.addEventListener('abort', () => reject(new Cancelled()));
  }), health, () => 42, String as never, { ticks: () => ticks });
  const told: unknown[] = [];
  runs.onDidChange(() => told.push(runs.entries[0]?.state));
  const run = runs.send([item('a')]);
  expect(told).toEqual([{ kind: 'pending' }, { kind: 'sending', since: 100 }, { kind: 'waiting', reason: 'Busy.', until: 350 }]);
  run.cancel();
  await run.over;
});

describe('what a call shows of the service', () => {
  const answered = (status: number) => ({ status, statusText: '', headers: [], body: new Uint8Array() });
  it.each<[string, Partial<Exchange>, HealthState]>([
    ['an answer', {}, { kind: 'answering', text: 'Answered with 200 in 5 ms.' }],
    ['no answer', { answer: undefined as never, problem: { sentence: 'No.' } }, { kind: 'unreachable', text: 'No.' }],
    ['a refused key', { answer: answered(401), problem: { sentence: 'No.', actions: ['setServiceKey', 'retry'] } }, { kind: 'refusing', secret: 'serviceKey', text: 'No.' }],
    ['a refused subscription key', { answer: answered(401), problem: { sentence: 'No.', actions: ['setSubscriptionKey'] } }, { kind: 'refusing', secret: 'subscriptionKey', text: 'No.' }],
    ['a quota that is used up', { answer: answered(403), problem: { sentence: 'No.' } }, { kind: 'answering', text: 'Answered with 403 in 5 ms.' }],
    ['a service that is not there', { answer: answered(404), problem: { sentence: 'No.' } }, { kind: 'failing', text: 'No.' }],
    ['a service that is down', { answer: answered(503), problem: { sentence: 'No.' } }, { kind: 'failing', text: 'No.' }],
    ['an answer that is none', { answer: answered(200), problem: { sentence: 'No.' } }, { kind: 'failing', text: 'No.' }],
    ['wrong data', { answer: answered(400), problem: { sentence: 'No.' } }, { kind: 'answering', text: 'Answered with 400 in 5 ms.' }],
  ])('%s', async (_name, some, state) => {
    const { over } = runs.send([item('a')]);
    expect(health.of(service.address).kind).toBe('running');
    calls[0]?.answer(exchange('a', some));
    await over;
    expect(health.of(service.address)).toEqual(state);
  });
});
