// Hostile and random texts: reading never throws, never leaks a key into a sentence, and stays linear.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress, parseEndpoint } from '../../../../../src/protocols/studio/endpoint';
import { endpointAddress } from '../../../../../src/protocols/studio/endpointAddress';
import { readPaste, type Paste } from '../../../../../src/features/services/paste/paste';
import { processorMs } from '../../../processorTime';

const base = `https://scoring.example.com/workspaces/${'a1'.repeat(16)}/services/${'b2'.repeat(16)}`;
const million = 1_000_000;

function sound(text: string): Paste {
  const paste = readPaste(text);
  expect(paste.problems.length).toBe(paste.endpoint === undefined ? 1 : 0);
  if (paste.endpoint !== undefined) {
    expect(paste.missingHost).toBeUndefined();
    expect(parseEndpoint(endpointAddress(paste.endpoint))).toEqual({ ok: true, notes: [], endpoint: paste.endpoint });
  }
  return paste;
}

describe('random texts', () => {
  const pieces = fc.constantFrom(
    base, 'https://', 'http://', 'https://<region>/', '/execute', '?subscription-key=', '&amp;', '&lt;', 'Authorization', 'Bearer ', 'api_key', ' = ', ': ', ' <- ', '"', "'", '"""', '`', '\\', '\n', '(', ')', '[', ']', '{', '}', '{0}', '%s', '.format(', ' % ', ' + ', ' . ',
    'paste(', 'paste0(', 'sprintf(', 'new Uri(', 'f"', '$"', '@"', '$x', '${x}', 'x = ', 'Ocp-Apim-Subscription-Key', ',', 'abc123', 'k'.repeat(86) + '==', '# ', '//', 'curl ', '\u200B', '“', '…', '\uD800',
    '{{', '}}', '{{x}}', '<<', '>>', '%x%', '$', '@x = ', '{"key": ', '"value": ', '"url": ', 'POST ', '/score', '/workspaces/a/services/b', 'host: ', 'path: /score', '<add key="', '" value="', '/>', 'name: ', '\nvalue: ', '+', '/', '=',
  );

  it('of any characters are read without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      sound(text);
      expect(checkAddress(text) === undefined).toBe(parseEndpoint(text).ok);
    }), { numRuns: 300 });
  }, 60_000);

  it('made of pieces of code are read without throwing', () => {
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 40 }), (parts) => {
      sound(parts.join(''));
    }), { numRuns: 600 });
  }, 60_000);

  it('never show a key in a sentence', () => {
    const key = `${'Secr3t/+'.repeat(10)}abcdef==`;
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.constant(key)), { maxLength: 30 }), (parts) => {
      const { problems, notes, name } = sound([...parts, ' ', key].join(''));
      expect(JSON.stringify([problems, notes])).not.toContain('Secr3t');
      expect(name ?? '').not.toContain('Secr3t');
    }), { numRuns: 600 });
  }, 60_000);

  it('with an address and a key in them give both back, whatever stands around', () => {
    const word = fc.stringMatching(/^[a-z ]{0,40}$/);
    fc.assert(fc.property(word, word, word, (before, between, after) => {
      const key = `${'m/9+'.repeat(21)}Qx==`;
      const paste = sound(`${before}\n${base}/execute?api-version=2.0 ${between}\n${key} ${after}`);
      expect(paste.endpoint === undefined ? undefined : endpointAddress(paste.endpoint)).toBe(base);
      expect(paste.serviceKey).toBe(key);
    }));
  });
});

describe('a million hostile characters', () => {
  const fill = (piece: string): string => piece.repeat(Math.ceil(million / piece.length)).slice(0, million);
  const pieces = [
    'a', ' ', '\n', '"', '\\"', '{', '(', '<', 'a.', 'a:', 'a = ', '"a"+', '("a"', 'f(', 'paste(', 'paste("a",', 'paste(x),', 'x=x+x\n', 'x = "$x$x" + x + x\n', '"{0}".format(', '"%s" % ', 'f"{x}"', '"""', '@"',
    'https://', '<https://a ', 'https://a.b/<r>', `${base} `, `${base}\n`, 'workspaces/a/services/b', ',a.b/workspaces/a/services/b/', 'https://a.b/))))))))))))))))))))))))))', '](',
    'bearer ', 'authorization: bearer x ', 'authorization  ', 'subscription-', '-subscription: x', 'api_key = "x"\n', 'api key\n', 'a  is  ', 'a\t', 'k'.repeat(86) + '== ', '&amp;', '\u200B', 'curl \\\n', '```\n',
    '{{a}}', '{{a}}/score\n', '<<a>>', '@a = {{a}}{{b}}\n@b={{a}}\n', '$A', 'A=$A$B\nB=$A$A\n', '%A%', '%ab', '<a b="c" ', '<a>x</a>', '<a key="x" value="y"/>', '- name: a\n  value: b\n', '{name: "a", value: "b"}', 'f({', 'a = {b: {', '#{a}',
    'host = "a.b.c"\npath="/workspaces/a/services/b"\n', 'f("a.b.c", "/workspaces/a/services/b")\n', 'https://a.b/$X/score\n', '![a](https://a.b) ', '^"', '\n&a=', 'setx A b\n', 'bearer <', 'subscription-key: {a b} ', 'A_API_KEY=abcdefgh12345678\n', '["', '{"a":', '[',
  ];

  // Quadratic work on a million characters takes minutes; the runner's limit ends it.
  it.each(pieces)('%j', (piece) => {
    expect(['text', 'address', 'curl', 'python', 'csharp', 'r']).toContain(sound(fill(piece)).kind);
  }, 60_000);

  it.each([
    ['pairs', `[${'{"key":"Authorization","value":"Bearer k"},'.repeat(22_000).slice(0, -1)}]`],
    ['depth', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`],
    ['variables that need each other', `{"variable":[${'{"key":"a","value":"{{b}}{{b}}{{b}}"},{"key":"b","value":"{{a}}{{a}}"},'.repeat(7000)}1],"url":"{{a}}/score"}`],
    ['a chain of variables that double', `[${Array.from({ length: 20_000 }, (_, at) => `{"name":"v${at}","value":"{{v${at + 1}}}{{v${at + 1}}}"}`).join(',')}]`],
    ['services', `[${Array.from({ length: 12_000 }, (_, at) => `{"url":"https://h${at}.example.com/score","token":"t${at}"}`).join(',')}]`],
  ])('of a document are read in time: %s', (_name, text) => {
    const from = processorMs();
    sound(text);
    // About a fifth of a second on an idle machine.
    expect(processorMs() - from).toBeLessThan(5000);
  }, 60_000);

  it('do not hide an address at their beginning, and what comes after the first million is told to be unread', () => {
    expect(readPaste(`${base} ${fill('x ')}${fill('y ')}`)).toMatchObject({ endpoint: { service: 'b2'.repeat(16) }, notes: [expect.stringContaining('first million')] });
    expect(readPaste(`${fill('x ')} ${base}`).endpoint).toBeUndefined();
  }, 60_000);
});

describe('keys of other kinds', () => {
  it.each([
    ['words around a header\'s name', 'https://contoso.azure-api.net/models/score\nOcp-Apim-Subscription-Key (primary): 0123456789abcdef0123', { subscriptionKey: '0123456789abcdef0123' }],
    ['a name that is no header', 'https://contoso.azure-api.net/models/score\nX-My Subscription key: 0123456789abcdef0123', { subscriptionKey: '0123456789abcdef0123' }],
    ['the key of an Azure Function', 'https://contoso.azurewebsites.net/api/score?code=0123456789abcdef0123', { subscriptionKey: '0123456789abcdef0123', subscriptionKeyHeader: 'x-functions-key' }],
  ])('%s', (_name, text, expected) => {
    const paste = readPaste(text);
    expect(paste).toMatchObject(expected);
    expect(paste.subscriptionKeyHeader === undefined || /^[\w-]+$/.test(paste.subscriptionKeyHeader)).toBe(true);
    expect(JSON.stringify(paste.endpoint)).not.toContain('0123456789');
  });

  it('a name written in another way is the same name', () => {
    expect(readPaste('https://contoso.azurewebsites.net/api/score?Code=0123456789abcdef0123')).toMatchObject({ subscriptionKey: '0123456789abcdef0123', subscriptionKeyHeader: 'x-functions-key' });
  });

  it('a subscription without the word key is left, when its name is no header', () => {
    expect(readPaste('https://contoso.azure-api.net/models/score\nX-My Subscription: 0123456789abcdef0123').subscriptionKey).toBeUndefined();
  });

  it('a query that holds no secret stays as it is', () => {
    const query = 'author=me&bypass=1&compass=n&visas=2&keynote=3&v=2&codec=x';
    expect(readPaste(`https://scoring.example.com/score?${query}`).endpoint).toMatchObject({ query });
  });

  it.each(['auth', 'jwt', 'pass', 'passwd', 'credentials', 'bearer', 'sas', 'apikey1', 'api_key', 'sig', 'oauth', 'user-pass'])('%s in a query is not kept in the address', (name) => {
    expect(JSON.stringify(readPaste(`https://scoring.example.com/score?${name}=hush-hush&v=2`).endpoint)).not.toContain('hush');
  });
});
