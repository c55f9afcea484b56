// `npm run inspect -- policy`: the limits of a policy, and the document with another value of one, byte for byte.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/inspect/main';
import { InspectFolder } from './inspectTools';

const spawned = new InspectFolder();
const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const document = [
  '\ufeff<!-- é 😀 <rate-limit calls="1" renewal-period="2" /> -->', '<policies>', '\t<inbound>', '\t\t<base />',
  '\t\t<rate-limit-by-key  calls=\'5\'\trenewal-period="60" counter-key="@(f("<quota", \'"\'))" />',
  '\t\t<quota calls="{{most}}" bandwidth="40" renewal-period="0"><api name="a" calls="3" renewal-period="9" /></quota>',
  '\t\t<choose><when condition="@(a < 1 && b)"><quota-by-key calls="@(n)" renewal-period="300" counter-key="c&amp;d" /></when></choose>',
  '\t\t<set-body><![CDATA[<quota calls="1" renewal-period="2" />]]></set-body>', '\t</inbound>', '</policies>',
].join('\r\n');

/** Runs the program in this process. */
async function run(content: string | Uint8Array, ...options: string[]): Promise<{ code: number; out: string; err: string }> {
  writeFileSync(join(folder, 'policy.xml'), content);
  let [out, err] = ['', ''];
  const code = await main(['policy', 'policy.xml', ...options], folder, {
    stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) },
  });
  return { code, out, err };
}

describe('policy', () => {
  it('prints the limits with the bytes at which they begin', async () => {
    const { code, out, err } = await run(document);
    const at = (text: string): number => Buffer.from(document).indexOf(text);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      editable: true,
      limits: [
        { element: 'rate-limit-by-key', calls: 5, renewalPeriod: 60, counterKey: '@(f("<quota", \'"\'))', byteStart: at('<rate-limit-by-key') },
        {
          element: 'quota', calls: '{{most}}', bandwidth: 40, renewalPeriod: 0, byteStart: at('<quota calls="{{'),
          inner: [{ element: 'quota', calls: 3, renewalPeriod: 9, only: 'a' }],
        },
        { element: 'quota-by-key', calls: '@(n)', renewalPeriod: 300, counterKey: 'c&d', conditional: true, byteStart: at('<quota-by-key') },
      ],
    });
  });

  it('prints the document with other values, and every other byte as it was, through the program itself too', async () => {
    const sets = ['--set', '0.calls=7', '--set', '0.renewalPeriod=300', '--set', '1.bandwidth=0041'];
    const wanted = document.replace("'5'", "'7'").replace('"60"', '"300"').replace('"40"', '"41"');
    expect(await run(document, ...sets, '--raw')).toEqual({ code: 0, out: wanted, err: '' });
    writeFileSync(join(spawned.path, 'own.xml'), document);
    expect(await spawned.run('policy', 'own.xml', ...sets, '--raw')).toEqual({ code: 0, stdout: wanted, stderr: '' });
    expect((await run(document, '--raw')).out).toBe(document);
    const large = document.replace('</policies>', `${'<!-- é -->\n'.repeat(100_000)}</policies>`);
    expect((await run(large, '--set', '0.calls=7', '--raw')).out === large.replace("'5'", "'7'")).toBe(true);
  });

  it('tells of an edit without printing the document', async () => {
    const { out } = await run(document, '--set', '0.calls=7');
    const byteStart = Buffer.from(document).indexOf("5'\t");
    expect(JSON.parse(out)).toMatchObject({
      edits: [{ limit: 0, attribute: 'calls', before: '5', after: '7', byteStart }], limits: [{ calls: 7 }, {}, {}],
    });
  });

  it.each([
    ['1.calls=7', 'The calls of quota is a named value, {{most}}, and is not edited as a number.'],
    ['2.calls=7', 'The calls of quota-by-key is an expression, @(n), and is not edited as a number.'],
    ['3.calls=7', 'There is no limit 3: the document has 3, from 0 to 2.'],
    ['0.bandwidth=7', 'The rate-limit-by-key of limit 0 has no bandwidth, and nothing is put in.'],
    ['0.renewalPeriod=301', 'The renewal-period of rate-limit-by-key is a whole number from 1 to 300.'],
    ['1.renewalPeriod=2147483648', 'The renewal-period of quota is a whole number from 0 to 2147483647.'],
    ['0.calls=0', 'The calls of rate-limit-by-key is a whole number from 1 to 2147483647.'],
    ['0.calls=1.5', '"1.5" is no whole number.'], ['0.calls=-1', '"-1" is no whole number.'], ['0.calls=', '"" is no whole number.'],
    ['0.counterKey=1', '"counterKey" cannot be set, only calls, bandwidth and renewalPeriod can.'],
    ['calls=1', '"calls=1" is not written as INDEX.ATTRIBUTE=VALUE, as 0.calls=7 is.'],
  ])('refuses --set %s in a sentence, with and without --raw', async (set, sentence) => {
    for (const raw of [[], ['--raw']]) expect(await run(document, '--set', set, ...raw)).toEqual({ code: 2, out: '', err: `${sentence}\n` });
  });

  it('keeps white space beside a value', async () => {
    expect((await run('<quota calls="\t5\r\n " />', '--set', '0.calls=7', '--raw')).out).toBe('<quota calls="\t7\r\n " />');
  });

  it('refuses a value that is named twice, an empty one, and limits that are not there', async () => {
    expect((await run(document, '--set', '0.calls=1', '--set', '0.calls=2')).err).toBe('--set names a value twice.\n');
    expect((await run('<quota calls="" />', '--set', '0.calls=1')).err).toContain('is no whole number, "", and is not edited as one.');
    expect((await run('<quota calls="1" />', '--set', '1.calls=1')).err).toContain('the document has one, which is 0.');
    expect((await run('<a />', '--set', '0.calls=1')).err).toContain('the document has none.');
  });

  it.each([
    ['quotes that never balance', '<policies>\n<rate-limit calls="1" /><a b="@{ f("a=""\n c="" }" /></policies>', 'The expression in line 2, column 31 has no end'],
    ['UTF-16', Buffer.from('\ufeff<quota calls="1" />', 'utf16le'), 'The file is UTF-16.'],
    ['other bytes', Buffer.from('<quota calls="1" a="é" />', 'latin1'), 'The file is not UTF-8'],
  ])('does not edit %s', async (_, content, reason) => {
    const { code, out } = await run(content);
    expect([code, JSON.parse(out)]).toEqual([0, { editable: false, reason: expect.stringContaining(reason), limits: [] }]);
    expect(await run(content, '--set', '0.calls=7', '--raw')).toMatchObject({ code: 2, out: '', err: expect.stringContaining(reason) });
  });

  it('alone takes --set and --raw', async () => {
    writeFileSync(join(folder, 'own.csv'), 'a\n1\n');
    const [write, nobody] = [{ write: (text: string) => (said += text) }, { write: () => undefined }];
    let said = '';
    expect(await main(['table', 'own.csv', '--raw'], folder, { stdout: nobody, stderr: write })).toBe(2);
    expect(await main(['table', 'own.csv', '--set', '0.calls=1'], folder, { stdout: nobody, stderr: write })).toBe(2);
    expect(said).toMatch(/^Only a policy takes --raw\.[\s\S]*\nOnly a policy takes --set\./);
  });
});
