// Policies as documents over an instance in memory: what is read, what becomes of a save, and where there is none yet.

import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocuments } from '../../../../../src/features/apim/policyDocument/documents';
import { emptyPolicy } from '../../../../../src/features/apim/policyDocument/scope';
import { ArmFailed, Cancelled } from '../../../../../src/model/errors';
import { armFailure } from '../fakeArm';
import { Desk, document, documentOf, first, mine, options, path, theirs } from './documentTools';

let desk: Desk;
let documents: PolicyDocuments;
const read = (): Promise<string> => documents.read(document, options);
const write = (text: string): Promise<'saved' | 'replaced'> => documents.write(document, text, options);
const writeOver = (etag: string): Promise<boolean> => documents.saveOver(document, etag, () => write(mine).then(() => true));
const puts = (): number => desk.arm.calls.filter((call) => call.startsWith('PUT')).length;

beforeEach(() => {
  desk = new Desk();
  documents = desk.open();
});

describe('reading', () => {
  it('gives what the service has, to the byte, a mark of its encoding included', async () => {
    desk.set(`\uFEFF${first}`);
    expect(await read()).toBe(`\uFEFF${first}`);
    expect(documents.isNew(document.key)).toBe(false);
  });

  it('what was read ahead is not asked for again, unless it has become old', async () => {
    await documents.readAhead(document, options);
    expect(await read()).toBe(first);
    expect(desk.arm.calls).toHaveLength(1);
    await documents.readAhead(document, options);
    desk.elapsed = 5_001;
    desk.set(theirs);
    expect(await read()).toBe(theirs);
  });

  it('the same version again is no other file for VS Code', async () => {
    await read();
    const before = documents.mtime(document.key);
    await read();
    expect(documents.mtime(document.key)).toBe(before);
  });

  it('an answer without a version is refused, since nothing could guard what is based on it', async () => {
    const find = desk.arm.find.bind(desk.arm);
    desk.arm.find = async (...args) => {
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
    expect(desk.there()).toContain('<mine />');
    expect(documents.mtime(document.key)).toBeGreaterThan(before);
    await write(mine.replace('<mine />', '<more />'));
    expect(desk.there()).toContain('<more />');
    // The service writes it in its own way: the person's text stays.
    expect(desk.changed).toEqual([]);
  });

  it('over another version is refused, and nothing is overwritten, however often it is tried', async () => {
    await read();
    desk.set(theirs);
    for (let time = 0; time < 2; time += 1) {
      await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged', message: 'The policy of Weather was changed in contoso since this document was opened.' });
    }
    expect([desk.there(), documents.hasMoved(document.key)]).toEqual([theirs, true]);
    expect(desk.looks.at(-1)).toBe(document.key);
  });

  it('over one that was deleted meanwhile is refused, and does not bring it back', async () => {
    await read();
    desk.arm.take(path);
    await expect(write(mine)).rejects.toThrow('The policy of Weather was deleted in contoso since this document was opened.');
    expect(desk.there()).toBe(undefined);
  });

  it('over the version that was seen beside it is done, over a later one is not', async () => {
    await read();
    desk.set(theirs);
    await expect(write(mine)).rejects.toThrow();
    const { etag, text } = await documents.look(document, options);
    expect(text).toBe(theirs);
    desk.set(first);
    await expect(writeOver(etag)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(await writeOver((await documents.look(document, options)).etag)).toBe(true);
    expect([desk.there(), documents.hasMoved(document.key)]).toEqual([expect.stringContaining('<mine />'), false]);
  });

  it.each(['thrown', 'told'])('over the version that was seen, where it fails (%s), the document stays based as it was', async (how) => {
    await read();
    desk.set(theirs);
    const { etag } = await documents.look(document, options);
    desk.arm.around = () => {
      throw armFailure('network');
    };
    const over = documents.saveOver(document, etag, () => write(mine).then(() => true, (error: unknown) => {
      if (how === 'told') return false;
      throw error;
    }));
    await (how === 'told' ? expect(over).resolves.toBe(false) : expect(over).rejects.toMatchObject({ reason: 'network' }));
    desk.arm.around = () => undefined;
    expect(documents.hasMoved(document.key)).toBe(true);
    // Also in the next window, which knows what was kept alone.
    for (const each of [documents, desk.open()])
      await expect(each.write(document, mine, options)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect(desk.there()).toBe(theirs);
  });

  it('over the version that was seen, where nothing was known before, is as unknown as it was when it fails', async () => {
    const { etag } = await documents.look(document, options);
    expect(await documents.saveOver(document, etag, () => Promise.resolve(false))).toBe(false);
    for (const each of [documents, desk.open()])
      await expect(each.write(document, mine, options)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('looking beside a document bases it on nothing', async () => {
    await read();
    desk.set(theirs);
    await documents.look(document, options);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
  });

  it('what is there already, as after an answer that was lost, is saved', async () => {
    await read();
    desk.arm.around = ({ when }) => {
      if (when === 'after') throw armFailure('network');
    };
    await expect(write(mine)).rejects.toMatchObject({ reason: 'network' });
    desk.arm.around = () => undefined;
    await write(mine);
    await write(mine.replace('<mine />', '<more />'));
    expect(desk.there()).toContain('<more />');
  });

  it('an empty document is refused before anything is sent', async () => {
    await read();
    for (const text of ['', ' \r\n', '\uFEFF \n']) await expect(write(text)).rejects.toThrow('An empty document is no policy');
    expect(desk.arm.calls).toHaveLength(1);
  });

  it('what the reader here finds broken is for the service to decide', async () => {
    await read();
    await write('<policies><inbound>');
    expect(desk.there()).toBe('<policies><inbound>');
  });

  it('what the service has made something else of is shown', async () => {
    await read();
    desk.arm.around = ({ when }) => void (when === 'after' && desk.set(theirs));
    await write(mine);
    expect(desk.changed).toEqual([document.key]);
    expect(await read()).toBe(theirs);
  });

  it('an account that may only read is told so, and nothing is sent', async () => {
    await read();
    const find = desk.arm.find.bind(desk.arm);
    desk.arm.find = (asked, how) => (asked.includes('Microsoft.Authorization')
      ? Promise.resolve({ status: 200, body: { value: [{ actions: ['Microsoft.ApiManagement/service/apis/write', '*/read'], notActions: [] }] } }) : find(asked, how));
    await expect(write(mine)).rejects.toMatchObject({ reason: 'forbidden' });
    expect([puts(), desk.there()]).toEqual([0, first]);
  });

  it('errors of the service come with their places', async () => {
    await read();
    const said = [
      { target: 'mine', message: "Error in element 'mine' on line 4, column 6: Policy is not allowed in the specified scope" },
      { target: 'base', message: "Error in element 'base' on line 3, column 6: Not here" },
    ];
    desk.arm.around = ({ when }) => {
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
    desk.arm.around = () => {
      throw armFailure('invalid', 400);
    };
    await expect(write(mine)).rejects.toMatchObject({ name: 'ArmFailed' });
    desk.arm.around = () => {
      throw new Cancelled();
    };
    await expect(write(mine)).rejects.toThrow(Cancelled);
  });
});

describe('where there is no policy', () => {
  beforeEach(() => desk.arm.take(path));

  it('the document that changes nothing is offered, and saving makes a policy', async () => {
    expect(await read()).toBe(emptyPolicy({ kind: 'api', api: 'weather' }));
    expect(documents.isNew(document.key)).toBe(true);
    expect(await write(mine)).toBe('saved');
    expect([documents.isNew(document.key), desk.there()]).toEqual([false, expect.stringContaining('<mine />')]);
  });

  it('one that was made elsewhere at the moment of the first save is told to be replaced', async () => {
    await read();
    desk.arm.around = ({ verb, when }) => void (verb === 'PUT' && when === 'before' && desk.set(theirs));
    expect(await write(mine)).toBe('replaced');
    desk.arm.around = () => undefined;
    expect(await write(mine.replace('<mine />', '<more />'))).toBe('saved');
  });

  it('that of all APIs forwards, since nothing is above it', async () => {
    const all = documentOf('/policies/policy');
    expect(await documents.read(all, options)).toMatch(/<forward-request \/>/);
    expect(emptyPolicy({ kind: 'allApis' })).not.toContain('base');
  });

  it('one that was made meanwhile is not overwritten', async () => {
    await read();
    desk.set(theirs);
    await expect(write(mine)).rejects.toMatchObject({ name: 'PolicyChanged' });
    expect([desk.there(), puts()]).toEqual([theirs, 0]);
  });
});
