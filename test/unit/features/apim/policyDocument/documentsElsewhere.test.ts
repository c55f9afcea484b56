// Policies as documents: what a reload leaves of them, changes elsewhere, and deleting.

import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocuments } from '../../../../../src/features/apim/policyDocument/documents';
import { emptyPolicy } from '../../../../../src/features/apim/policyDocument/scope';
import { Desk, document, first, mine, options, path, theirs } from './documentTools';

let desk: Desk;
let documents: PolicyDocuments;
const read = (): Promise<string> => documents.read(document, options);
const write = (text: string): Promise<'saved' | 'replaced'> => documents.write(document, text, options);

beforeEach(() => {
  desk = new Desk();
  documents = desk.open();
});

describe('after a reload', () => {
  it('a text that was not saved is still based on what it was', async () => {
    await read();
    documents = desk.open();
    await write(mine);
    expect(desk.there()).toContain('<mine />');
    documents = desk.open();
    desk.set(theirs);
    await expect(write(`${mine} `)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(desk.there()).toBe(theirs);
  });

  it('so is one for which there was no policy', async () => {
    desk.arm.take(path);
    await read();
    documents = desk.open();
    expect(documents.isNew(document.key)).toBe(true);
    desk.set(theirs);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('one of which nothing is known overwrites nothing', async () => {
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(desk.there()).toBe(first);
  });

  it('nothing but ETags is kept, of 100 documents, those that were read last', async () => {
    for (let number = 0; number <= 100; number += 1) await documents.read({ ...document, key: `k${number}` }, options);
    const kept = JSON.stringify([...desk.memory]);
    expect(kept).not.toContain('policies>');
    expect([kept.includes('"k0"'), kept.includes('"k1"'), kept.includes('"k100"')]).toEqual([false, true, true]);
  });

  it('what is no list of them is none', async () => {
    desk.memory.set('apimPolicyBases', { a: 1 });
    expect(await read()).toBe(first);
    desk.memory.set('apimPolicyBases', [1, [2], [document.key, 3]]);
    documents = desk.open();
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });
});

describe('changes elsewhere', () => {
  it('are shown in a document without changes of its own', async () => {
    await read();
    const before = documents.mtime(document.key);
    desk.set(theirs);
    expect(await documents.check(document, () => false, options)).toBe(true);
    expect(desk.changed).toEqual([document.key]);
    expect(documents.mtime(document.key)).toBeGreaterThan(before);
    const { length } = desk.arm.calls;
    expect(await read()).toBe(theirs);
    expect(desk.arm.calls).toHaveLength(length);
  });

  it('are noted of one with changes, which stays based on what it was', async () => {
    await read();
    desk.set(theirs);
    expect(await documents.check(document, () => true, options)).toBe(true);
    expect([desk.changed, documents.hasMoved(document.key)]).toEqual([[], true]);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('that were not taken over in time do not become what a save is based on', async () => {
    await read();
    desk.set(theirs);
    await documents.check(document, () => false, options);
    // The person has begun to type before VS Code has read it.
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(desk.there()).toBe(theirs);
  });

  it('that somebody else reads, as a comparison with what is saved does, do not become what the open text is based on', async () => {
    await read();
    desk.set(theirs);
    expect(await documents.read(document, options, () => mine)).toBe(theirs);
    // Undone, it has no changes of its own, and is still what it was.
    await documents.taken(document, first);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(desk.there()).toBe(theirs);
  });

  it('become so when the open document has taken them, with the line ends that it has', async () => {
    await read();
    desk.set(theirs);
    await documents.read(document, options, () => mine);
    await documents.taken(document, theirs.replaceAll('\r\n', '\n'));
    await write(mine);
    expect(desk.there()).toContain('<mine />');
  });

  it('become so at once where the open document says the same', async () => {
    await read();
    desk.set(theirs);
    await documents.read(document, options, () => `\ufeff${theirs}`);
    await write(mine);
    expect(desk.there()).toContain('<mine />');
  });

  it('that are none raise nothing', async () => {
    await read();
    desk.elapsed = 9_000;
    expect(documents.lookedAgoMs(document.key)).toBe(9_000);
    expect(await documents.check(document, () => false, options)).toBe(false);
    expect([desk.changed, documents.lookedAgoMs(document.key)]).toEqual([[], 0]);
  });
});

describe('deleting', () => {
  it('takes away the version that was asked about, and no other', async () => {
    const { etag } = await documents.look(document, options);
    desk.set(theirs);
    await expect(documents.remove(document, etag, options)).rejects.toMatchObject({ reason: 'changed' });
    expect(desk.there()).toBe(theirs);
    await documents.remove(document, (await documents.look(document, options)).etag, options);
    expect(desk.there()).toBe(undefined);
  });

  it('leaves an open document with what then holds', async () => {
    await read();
    await documents.remove(document, (await documents.look(document, options)).etag, options);
    await documents.check(document, () => false, options);
    expect(await read()).toBe(emptyPolicy(document.address.scope));
    expect(documents.isNew(document.key)).toBe(true);
  });
});
