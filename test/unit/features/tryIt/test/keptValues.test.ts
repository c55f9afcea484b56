// What is remembered of tests: in the memory of the workspace no secret, and no more than there is room for.

import { beforeEach, describe, expect, it } from 'vitest';
import { KeptValues, testParametersName, testValuesKey } from '../../../../../src/features/tryIt/test/keptValues';
import { MemoryBox } from '../../../base/secretBox';

const json = '{"Inputs":{"a":[{"b":1.10}]}}';
let stored: Map<string, unknown>;
let box: MemoryBox;
let kept: KeptValues;
beforeEach(() => {
  [stored, box] = [new Map(), new MemoryBox()];
  kept = new KeptValues({ get: (key) => stored.get(key), update: (key, value) => Promise.resolve(void stored.set(key, value)) }, box);
});

describe('values', () => {
  it('come back by what stands for the service', async () => {
    await kept.set('https://h/s', { json }, []);
    await kept.set('sample', { json: '{}' }, []);
    expect([kept.get('https://h/s'), kept.get('sample'), kept.get('https://h/other')]).toEqual([json, '{}', undefined]);
    await kept.move('https://h/s', 'https://h/new');
    expect([kept.get('https://h/s'), kept.get('https://h/new')]).toEqual([undefined, json]);
    await kept.forget('https://h/new');
    expect(kept.get('https://h/new')).toBeUndefined();
  });

  it.each([
    ['a key of the service', json.replace('1.10', '"a-service-key-0123456789"')],
    ['dots', json.replace('1.10', '"••••••••"')],
    ['a token', json.replace('1.10', '"https://a.blob.core.windows.net/c/b?sv=2020&sig=abcdefghijklmnopqrstuvwxyz0123456789"')],
    ['too much', json.replace('1.10', `"${'x'.repeat(100_000)}"`)],
  ])('in which %s stands are not kept, and those of before are gone', async (_, secret) => {
    await kept.set('s', { json }, []);
    await kept.set('s', { json: secret }, ['a-service-key-0123456789', undefined]);
    expect(kept.get('s')).toBeUndefined();
    expect(JSON.stringify([...stored])).not.toContain('0123456789');
  });

  it('are those of the thirty services that were worked with last', async () => {
    for (let at = 0; at < 30; at++) await kept.set(`s${at}`, { json }, []);
    await kept.set('s0', { json: '{}' }, []);
    await kept.set('new', { json }, []);
    expect([kept.get('s0'), kept.get('s1'), kept.get('new')]).toEqual(['{}', undefined, json]);
  });

  it('that are damaged are none', async () => {
    stored.set(testValuesKey, [{ service: 's' }, 5, { service: 's', json: 7 }, null]);
    expect(kept.get('s')).toBeUndefined();
    stored.set(testValuesKey, 'x');
    expect(kept.get('s')).toBeUndefined();
    await kept.set('s', { json }, []);
    expect(kept.get('s')).toBe(json);
  });
});

describe('parameters', () => {
  it('are in the secret store under the whole address, and nowhere else', async () => {
    const parameters = new Map([['2', '1.10'], ['1', '"hush"'], ['__proto__', 'null']]);
    await kept.setParameters('https://h/s', parameters);
    expect([...(await kept.parameters('https://h/s'))]).toEqual([...parameters]);
    expect(await kept.parameters('https://h/s/')).toEqual(new Map());
    expect([...box.texts.keys()]).toEqual(['["testParameters","https://h/s"]']);
    expect(JSON.stringify([...stored])).not.toContain('hush');
    await kept.setParameters('https://h/s', new Map());
    expect(box.texts.size).toBe(0);
  });

  it('stay when a request has others, and go when they are removed', async () => {
    await kept.setParameters('s', new Map([['Password', '"hush"'], ['Season', '"spring"']]));
    await kept.mergeParameters('s', { parameters: new Map(), removed: new Set() });
    await kept.mergeParameters('s', { parameters: new Map([['Season', '"autumn"'], ['Trials', '3']]), removed: new Set() });
    expect(await kept.parameters('s')).toEqual(new Map([['Password', '"hush"'], ['Season', '"autumn"'], ['Trials', '3']]));
    await kept.mergeParameters('s', { parameters: new Map(), removed: new Set(['Password', 'Season', 'Trials', 'none']) });
    expect(box.texts.size).toBe(0);
    await kept.mergeParameters('s', { parameters: new Map(), removed: new Set() });
    expect(box.texts.size).toBe(0);
  });

  it('are written only when they are others', async () => {
    let writes = 0;
    box.onDidChange(() => void (writes += 1));
    for (const value of ['"a"', '"a"', '"b"']) await kept.setParameters('s', new Map([['p', value]]));
    await kept.forgetParameters('s');
    await kept.forgetParameters('s');
    expect(writes).toBe(3);
  });

  it.each(['x', '[]', '[{"name":"p"}]', '[{"name":"p","json":"no JSON"}]', '{"p":"1"}'])('%s are none', async (text) => {
    await box.store(testParametersName('s'), text);
    expect(await kept.parameters('s')).toEqual(new Map());
  });
});
