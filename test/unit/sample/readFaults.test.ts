// Reading descriptions of faults, and the queue they wait in.

import { describe, expect, it } from 'vitest';
import { FaultQueue } from '../../../src/sample/faults';
import { readFaults } from '../../../src/sample/readFaults';

function read(...faults: unknown[]): ReturnType<typeof readFaults> {
  return readFaults(Buffer.from(JSON.stringify({ faults })));
}

describe('readFaults', () => {
  it.each([
    [{ delayMs: 5 }, { kind: 'normal' }],
    [{ status: 500 }, { kind: 'status', status: 500, headers: {}, body: '', json: false }],
    [{ status: 200, headers: { 'X-A': 'b' }, body: 'plain' }, { kind: 'status', status: 200, headers: { 'X-A': 'b' }, body: 'plain', json: false }],
    [{ status: 400, body: { a: [1] } }, { kind: 'status', status: 400, headers: {}, body: '{"a":[1]}', json: true }],
    [{ cut: 'before' }, { kind: 'cut', when: 'before' }],
    [{ cut: 'middle' }, { kind: 'cut', when: 'middle' }],
    [{ brokenJson: true }, { kind: 'brokenJson' }],
    [{ throttle: { retryAfterSeconds: 0 } }, { kind: 'throttle', retryAfter: '0', gateway: false }],
    [{ throttle: { retryAfterDate: '2037-10-21T07:28:00Z', gateway: true } }, { kind: 'throttle', retryAfter: 'Wed, 21 Oct 2037 07:28:00 GMT', gateway: true }],
    [{ never: true }, { kind: 'never' }],
    [{ slowBody: { bytes: 3, everyMs: 9 } }, { kind: 'slowBody', bytes: 3, everyMs: 9 }],
    [{ bytes: 1000 }, { kind: 'bytes', bytes: 1000 }],
    [{ echo: true }, { kind: 'echo' }],
  ])('reads %j', (source, action) => {
    expect(read(source)).toEqual([{ operation: 'execute', times: 1, delayMs: 'delayMs' in source ? source.delayMs : 0, action, source }]);
  });

  it('reads what every fault may have', () => {
    expect(read({ status: 503, times: 3, delayMs: 20, operation: 'swagger' })).toMatchObject([{ operation: 'swagger', times: 3, delayMs: 20 }]);
  });

  it.each([
    [[5], 'faults[0] must be an object, not a number'],
    [[{}], 'faults[0] must have delayMs or one of these: status'],
    [[{ times: 2 }], 'faults[0] must have delayMs'],
    [[{ status: 500 }, { statsu: 1 }], 'faults[1].statsu is not known here'],
    [[{ status: 500, never: true }], 'faults[0] can do only one of these at a time: status, never'],
    [[{ never: true, body: 'x' }], 'faults[0].body is not known here'],
    [[{ status: 99 }], 'faults[0].status must be a whole number from 200 to 599'],
    [[{ status: '500' }], 'faults[0].status must be a whole number'],
    [[{ status: 500, headers: [] }], 'faults[0].headers must be an object, not an array'],
    [[{ status: 500, headers: { 'X-A': 1 } }], 'faults[0].headers.X-A must be a string, not a number'],
    [[{ status: 500, headers: { 'X A': 'b' } }], 'faults[0].headers.X A is not a header that can be sent'],
    [[{ status: 500, headers: { 'X-A': 'a\nb' } }], 'faults[0].headers.X-A is not a header that can be sent'],
    [[{ delayMs: -1 }], 'faults[0].delayMs must be a whole number from 0 to 600000'],
    [[{ delayMs: 1, times: 0 }], 'faults[0].times must be a whole number from 1'],
    [[{ delayMs: 1, operation: 'jobs' }], 'faults[0].operation must be execute, swagger, submit, start, status or cancel'],
    [[{ cut: 'late' }], 'faults[0].cut must be before or middle'],
    [[{ brokenJson: 1 }], 'faults[0].brokenJson must be true'],
    [[{ never: false }], 'faults[0].never must be true'],
    [[{ echo: 'yes' }], 'faults[0].echo must be true'],
    [[{ throttle: true }], 'faults[0].throttle must be an object, not a boolean'],
    [[{ throttle: {} }], 'faults[0].throttle must have either retryAfterSeconds or retryAfterDate'],
    [[{ throttle: { retryAfterSeconds: 1, retryAfterDate: '2037-01-01' } }], 'faults[0].throttle must have either'],
    [[{ throttle: { retryAfterSeconds: 1.5 } }], 'faults[0].throttle.retryAfterSeconds must be a whole number'],
    [[{ throttle: { retryAfterDate: 'soon' } }], 'faults[0].throttle.retryAfterDate must be a date'],
    [[{ throttle: { retryAfterSeconds: 1, gateway: 'yes' } }], 'faults[0].throttle.gateway must be true or false'],
    [[{ throttle: { retryAfter: 1 } }], 'faults[0].throttle.retryAfter is not known here'],
    [[{ slowBody: { bytes: 0, everyMs: 1 } }], 'faults[0].slowBody.bytes must be a whole number from 1'],
    [[{ slowBody: { bytes: 1 } }], 'faults[0].slowBody.everyMs must be a whole number'],
    [[{ slowBody: { bytes: 1, everyMs: 1, all: 1 } }], 'faults[0].slowBody.all is not known here'],
    [[{ bytes: 0 }], 'faults[0].bytes must be a whole number from 1'],
  ])('refuses %j', (faults, message) => {
    expect(() => read(...faults)).toThrow(message);
  });

  it.each([
    ['not JSON', 'The body of the request is not JSON in UTF-8.'],
    ['[]', 'the body must be an object, not an array.'],
    ['{}', 'faults must be an array, not nothing.'],
    ['{"faults":[],"more":1}', 'more is not known here'],
  ])('refuses the body %s', (body, message) => {
    expect(() => readFaults(Buffer.from(body))).toThrow(message);
  });
});

describe('FaultQueue', () => {
  it('gives one fault per call, in order, to the operation that each is for', () => {
    const queue = new FaultQueue();
    queue.add(read({ status: 500, times: 2 }, { status: 404, operation: 'swagger' }));
    queue.add(read({ never: true }));
    expect(queue.left).toBe(4);
    expect(queue.take('execute')?.action).toMatchObject({ status: 500 });
    expect(queue.pending()).toEqual([{ status: 500, times: 1 }, { status: 404, operation: 'swagger', times: 1 }, { never: true, times: 1 }]);
    expect(queue.take('swagger')?.action).toMatchObject({ status: 404 });
    expect(queue.take('swagger')).toBeUndefined();
    expect(queue.take('execute')?.action).toMatchObject({ status: 500 });
    expect(queue.take('execute')?.action).toEqual({ kind: 'never' });
    expect(queue.take('execute')).toBeUndefined();
    expect(queue.left).toBe(0);
  });

  it('forgets all when it is cleared', () => {
    const queue = new FaultQueue();
    queue.add(read({ never: true, times: 9 }));
    queue.clear();
    expect([queue.left, queue.pending(), queue.take('execute')]).toEqual([0, [], undefined]);
  });
});
