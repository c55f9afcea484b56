// Policies as documents over an instance in memory: what they are based on, and what becomes of a save.

import { beforeEach, describe, expect, it } from 'vitest';
import { readAddress } from '../../../../../src/features/apim/policyDocument/address';
import { PolicyDocuments, type PolicyDocument } from '../../../../../src/features/apim/policyDocument/documents';
import { emptyPolicy } from '../../../../../src/features/apim/policyDocument/scope';
import { ArmFailed, Cancelled } from '../../../../../src/model/errors';
import { armFailure, FakeArm, instanceId } from '../fakeArm';
import { someInstance } from '../apimTools';

const path = '/apis/weather/policies/policy';
const options = { signal: new AbortController().signal };
const first = '<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t</inbound>\r\n</policies>';
const mine = '<policies>\n  <inbound>\n    <base />\n    <mine />\n  </inbound>\n</policies>';
const theirs = '<policies>\r\n\t<inbound>\r\n\t\t<theirs />\r\n\t</inbound>\r\n</policies>';

let arm: FakeArm;
let memory: Map<string, unknown>;
let documents: PolicyDocuments;
let elapsed: number;
let changed: string[];
let looks: string[];

/** A window. */
function open(): PolicyDocuments {
  const made = new PolicyDocuments({
    arms: () => Promise.resolve(arm), instance: (id) => Promise.resolve(someInstance({ id })), now: () => 1_000, elapsed: () => elapsed,
    memory: { get: (key) => memory.get(key), update: (key, value) => Promise.resolve(void memory.set(key, value)) },
  });
  made.onDidChange((key) => changed.push(key));
  made.onDidChangeLook((key) => looks.push(key));
  return made;
}

function documentOf(own = path): PolicyDocument {
  const address = readAddress({ path: '/contoso/Weather/policy.xml', query: `${instanceId}${own}` });
  expect.assert(address !== undefined);
  return { key: `a-policy:${own}`, address };
}
const document = documentOf();
const there = (): unknown => arm.there(path)?.['value'];
const read = (): Promise<string> => documents.read(document, options);
const write = (text: string): Promise<void> => documents.write(document, text, options);
const set = (value: string): void => arm.set(path, { format: 'rawxml', value });
const puts = (): number => arm.calls.filter((call) => call.startsWith('PUT')).length;

beforeEach(() => {
  [arm, memory, elapsed, changed, looks] = [new FakeArm(), new Map(), 0, [], []];
  for (const parent of ['/apis/weather', '/products/starter', '/policies']) arm.set(parent, {});
  set(first);
  documents = open();
});

describe('reading', () => {
  it('gives what the service has, to the byte, a mark of its encoding included', async () => {
    set(`\uFEFF${first}`);
    expect(await read()).toBe(`\uFEFF${first}`);
    expect(documents.isNew(document.key)).toBe(false);
  });

  it('what was read ahead is not asked for again, unless it has become old', async () => {
    await documents.readAhead(document, options);
    expect(await read()).toBe(first);
    expect(arm.calls).toHaveLength(1);
    await documents.readAhead(document, options);
    elapsed = 5_001;
    set(theirs);
    expect(await read()).toBe(theirs);
  });

  it('the same version again is no other file for VS Code', async () => {
    await read();
    const before = documents.mtime(document.key);
    await read();
    expect(documents.mtime(document.key)).toBe(before);
  });

  it('an answer without a version is refused, since nothing could guard what is based on it', async () => {
    const find = arm.find.bind(arm);
    arm.find = async (...args) => {
      const { etag, ...rest } = (await find(...args)) ?? { status: 200, body: {} };
      return etag === undefined ? undefined : rest;
    };
    await expect(read()).rejects.toThrow('scores tells of no version (ETag) of this policy.');
  });
});

describe('saving', () => {
  it('sends the text as it is, over the version that was read, and goes on from the new one', async () => {
    await read();
    const before = documents.mtime(document.key);
    await write(mine);
    expect(there()).toContain('<mine />');
    expect(documents.mtime(document.key)).toBeGreaterThan(before);
    await write(mine.replace('<mine />', '<more />'));
    expect(there()).toContain('<more />');
    // The service writes it in its own way: the person's text stays.
    expect(changed).toEqual([]);
  });

  it('over another version is refused, and nothing is overwritten, however often it is tried', async () => {
    await read();
    set(theirs);
    for (let time = 0; time < 2; time += 1) {
      await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged', message: 'The policy of Weather was changed in contoso since this document was opened.' });
    }
    expect([there(), documents.hasMoved(document.key)]).toEqual([theirs, true]);
    expect(looks.at(-1)).toBe(document.key);
  });

  it('over one that was deleted meanwhile is refused, and does not bring it back', async () => {
    await read();
    arm.take(path);
    await expect(write(mine)).rejects.toThrow('The policy of Weather was deleted in contoso since this document was opened.');
    expect(there()).toBe(undefined);
  });

  it('over the version that was seen beside it is done, over a later one is not', async () => {
    await read();
    set(theirs);
    await expect(write(mine)).rejects.toThrow();
    const { etag, text } = await documents.look(document, options);
    expect(text).toBe(theirs);
    await documents.rebase(document, etag);
    set(first);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    await documents.rebase(document, (await documents.look(document, options)).etag);
    await write(mine);
    expect(there()).toContain('<mine />');
  });

  it('looking beside a document bases it on nothing', async () => {
    await read();
    set(theirs);
    await documents.look(document, options);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('what is there already, as after an answer that was lost, is saved', async () => {
    await read();
    arm.around = ({ when }) => {
      if (when === 'after') throw armFailure('network');
    };
    await expect(write(mine)).rejects.toMatchObject({ reason: 'network' });
    arm.around = () => undefined;
    await write(mine);
    await write(mine.replace('<mine />', '<more />'));
    expect(there()).toContain('<more />');
  });

  it('an empty document is refused before anything is sent', async () => {
    await read();
    for (const text of ['', ' \r\n', '\uFEFF \n']) await expect(write(text)).rejects.toThrow('An empty document is no policy');
    expect(arm.calls).toHaveLength(1);
  });

  it('what the reader here finds broken is for the service to decide', async () => {
    await read();
    await write('<policies><inbound>');
    expect(there()).toBe('<policies><inbound>');
  });

  it('what the service has made something else of is shown', async () => {
    await read();
    arm.around = ({ when }) => void (when === 'after' && set(theirs));
    await write(mine);
    expect(changed).toEqual([document.key]);
    expect(await read()).toBe(theirs);
  });

  it('an account that may only read is told so, and nothing is sent', async () => {
    await read();
    const find = arm.find.bind(arm);
    arm.find = (asked, how) => (asked.includes('Microsoft.Authorization')
      ? Promise.resolve({ status: 200, body: { value: [{ actions: ['Microsoft.ApiManagement/service/apis/write', '*/read'], notActions: [] }] } }) : find(asked, how));
    await expect(write(mine)).rejects.toMatchObject({ reason: 'forbidden' });
    expect([puts(), there()]).toEqual([0, first]);
  });

  it('errors of the service come with their places', async () => {
    await read();
    const said = [
      { target: 'mine', message: "Error in element 'mine' on line 4, column 6: Policy is not allowed in the specified scope" },
      { target: 'base', message: "Error in element 'base' on line 3, column 6: Not here" },
    ];
    arm.around = ({ when }) => {
      if (when === 'before') throw new ArmFailed({ sentence: 'No.' }, 'invalid', 400, 'ValidationError', said);
    };
    await expect(write(mine)).rejects.toMatchObject({
      name: 'PolicyRefused',
      message: 'contoso found 2 faults in the policy of Weather. The first is on line 4, column 6: Policy is not allowed in the specified scope',
      faults: [{ line: 3, column: 5, length: 4, message: said[0]?.message }, { line: 2, column: 5, length: 4 }],
    });
    expect(documents.hasMoved(document.key)).toBe(false);
  });

  it('a refusal without words, and cancelling, stay what they are', async () => {
    await read();
    arm.around = () => {
      throw armFailure('invalid', 400);
    };
    await expect(write(mine)).rejects.toMatchObject({ name: 'ArmFailed' });
    arm.around = () => {
      throw new Cancelled();
    };
    await expect(write(mine)).rejects.toThrow(Cancelled);
  });
});

describe('where there is no policy', () => {
  beforeEach(() => arm.take(path));

  it('the document that changes nothing is offered, and saving makes a policy', async () => {
    expect(await read()).toBe(emptyPolicy({ kind: 'api', api: 'weather' }));
    expect(documents.isNew(document.key)).toBe(true);
    await write(mine);
    expect([documents.isNew(document.key), there()]).toEqual([false, expect.stringContaining('<mine />')]);
  });

  it('that of all APIs forwards, since nothing is above it', async () => {
    const all = documentOf('/policies/policy');
    expect(await documents.read(all, options)).toMatch(/<forward-request \/>/);
    expect(emptyPolicy({ kind: 'all' })).not.toContain('base');
  });

  it('one that was made meanwhile is not overwritten', async () => {
    await read();
    set(theirs);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect([there(), puts()]).toEqual([theirs, 0]);
  });
});

describe('after a reload', () => {
  it('a text that was not saved is still based on what it was', async () => {
    await read();
    documents = open();
    await write(mine);
    expect(there()).toContain('<mine />');
    documents = open();
    set(theirs);
    await expect(write(`${mine} `)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(there()).toBe(theirs);
  });

  it('so is one for which there was no policy', async () => {
    arm.take(path);
    await read();
    documents = open();
    expect(documents.isNew(document.key)).toBe(true);
    set(theirs);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('one of which nothing is known overwrites nothing', async () => {
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(there()).toBe(first);
  });

  it('nothing but ETags is kept, of 100 documents, those that were read last', async () => {
    for (let number = 0; number <= 100; number += 1) await documents.read({ ...document, key: `k${number}` }, options);
    const kept = JSON.stringify([...memory]);
    expect(kept).not.toContain('policies>');
    expect([kept.includes('"k0"'), kept.includes('"k1"'), kept.includes('"k100"')]).toEqual([false, true, true]);
  });

  it('what is no list of them is none', async () => {
    memory.set('apimPolicyBases', { a: 1 });
    expect(await read()).toBe(first);
    memory.set('apimPolicyBases', [1, [2], [document.key, 3]]);
    documents = open();
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });
});

describe('changes elsewhere', () => {
  it('are shown in a document without changes of its own', async () => {
    await read();
    const before = documents.mtime(document.key);
    set(theirs);
    expect(await documents.check(document, () => false, options)).toBe(true);
    expect(changed).toEqual([document.key]);
    expect(documents.mtime(document.key)).toBeGreaterThan(before);
    const { length } = arm.calls;
    expect(await read()).toBe(theirs);
    expect(arm.calls).toHaveLength(length);
  });

  it('are noted of one with changes, which stays based on what it was', async () => {
    await read();
    set(theirs);
    expect(await documents.check(document, () => true, options)).toBe(true);
    expect([changed, documents.hasMoved(document.key)]).toEqual([[], true]);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('that were not taken over in time do not become what a save is based on', async () => {
    await read();
    set(theirs);
    await documents.check(document, () => false, options);
    // The person has begun to type before VS Code has read it.
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(there()).toBe(theirs);
  });

  it('that are none raise nothing', async () => {
    await read();
    elapsed = 9_000;
    expect(documents.lookedAgoMs(document.key)).toBe(9_000);
    expect(await documents.check(document, () => false, options)).toBe(false);
    expect([changed, documents.lookedAgoMs(document.key)]).toEqual([[], 0]);
  });
});

describe('deleting', () => {
  it('takes away the version that was asked about, and no other', async () => {
    const { etag } = await documents.look(document, options);
    set(theirs);
    await expect(documents.remove(document, etag, options)).rejects.toMatchObject({ reason: 'changed' });
    expect(there()).toBe(theirs);
    await documents.remove(document, (await documents.look(document, options)).etag, options);
    expect(there()).toBe(undefined);
  });

  it('leaves an open document with what then holds', async () => {
    await read();
    await documents.remove(document, (await documents.look(document, options)).etag, options);
    await documents.check(document, () => false, options);
    expect(await read()).toBe(emptyPolicy(document.address.scope));
    expect(documents.isNew(document.key)).toBe(true);
  });
});
