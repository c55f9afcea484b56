// Policy documents of the stand-in: read, written in either form, and checked.

import { describe, expect, it } from 'vitest';
import { checkPolicy, namesUsed, type PolicyScope } from '../../../../../src/sample/apim/policy/check';
import { expressionEnd } from '../../../../../src/sample/apim/policy/expression';
import { formatPolicy } from '../../../../../src/sample/apim/policy/format';
import { PolicyUnreadable, placeOf } from '../../../../../src/sample/apim/policy/nodes';
import { parsePolicy } from '../../../../../src/sample/apim/policy/parse';

const raw = (text: string): string => formatPolicy(parsePolicy(text, 'rawxml'), 'rawxml');
const escaped = (text: string): string => formatPolicy(parsePolicy(text, 'rawxml'), 'xml');

describe('expressionEnd', () => {
  it.each([
    '@(1)',
    '@(")")',
    '@("\\")")',
    '@(@"\\")',
    '@(@"a""b)")',
    '@($"{("}")}")',
    '@($"{{ literal ) {1}")',
    '@($@"{x}""\\")',
    "@(')')",
    "@('\\'')",
    "@('\\u0029')",
    '@{ // it\'s a ) comment }\n return 1; }',
    '@{ /* } */ return new[] { 1, 2 }; }',
    '@(context.Variables["a<b"].As<JObject>()["c"])',
    '@{ return $"https://x.example/{{TenantId}}/{a["b"]}"; }',
  ])('finds the end of %s', (text) => {
    expect(expressionEnd(`${text}") <tail`, 0)).toBe(text.length);
  });

  it.each(['@(', '@(]', '@("', '@($"{', '@{ /* }', `@(${'$"{'.repeat(200)}`])('finds none in %.30s', (text) => {
    expect(expressionEnd(text, 0)).toBeUndefined();
  });
});

describe('formatPolicy', () => {
  it('indents by tabs and CRLF, keeps comments, empty elements as they were, and the order', () => {
    const text = '<!-- a\n  b -->\n<policies>\n  <outbound/>\n  <inbound></inbound><backend>\n\n <!-- c -->  <base/> </backend>\n<on-error>\n</on-error></policies>\n';
    expect(raw(text)).toBe([
      '<!-- a\n  b -->', '<policies>', '\t<outbound />', '\t<inbound></inbound>', '\t<backend>', '\t\t<!-- c -->', '\t\t<base />', '\t</backend>',
      '\t<on-error></on-error>', '</policies>',
    ].join('\r\n'));
  });

  it('keeps texts, sections of characters and expressions to the letter', () => {
    const body = '@{\n    var a = context.Request.Body.As<JObject>();\n    return a["x"] != null && 1 < 2 ? "</value>" : $"{a["y"]}";\n}';
    const text = `<policies><inbound><set-body>${body}</set-body><set-body>  two  words </set-body><set-body><![CDATA[ {"<": 1} ]]></set-body>`
      + '<set-variable name="n" value="@(context.Variables["a"] + "<")" /></inbound></policies>';
    const written = raw(text);
    expect(written).toContain(`<set-body>${body}</set-body>`);
    expect(written).toContain('<set-body>  two  words </set-body>');
    expect(written).toContain('<set-body><![CDATA[ {"<": 1} ]]></set-body>');
    expect(written).toContain('<set-variable name="n" value="@(context.Variables["a"] + "<")" />');
  });

  it('escapes expressions in the form xml, and reads them back from it', () => {
    const text = '<policies><inbound><a b="@(x["y"] < 1 && true)"><c>@(x["y"] > 1)</c></a></inbound></policies>';
    expect(escaped(text)).toContain('b="@(x[&quot;y&quot;] &lt; 1 &amp;&amp; true)"');
    expect(escaped(text)).toContain('<c>@(x["y"] &gt; 1)</c>');
    expect(formatPolicy(parsePolicy(escaped(text), 'xml'), 'rawxml')).toBe(raw(text));
  });

  it('gives the same again for what it has written', () => {
    const text = "<policies><inbound><a b='say \"x\"' c = \"1\"/><value>text</value></inbound></policies>";
    expect(raw(text)).toContain('<a b="say &quot;x&quot;" c="1" />');
    expect(raw(raw(text))).toBe(raw(text));
    expect(escaped(escaped(text))).toBe(escaped(text));
  });
});

describe('parsePolicy', () => {
  it.each([
    ['', 'Root element is missing. Line 1, position 1.'],
    ['<!-- only -->', 'Root element is missing.'],
    ['text', 'Data at the root level is invalid. Line 1, position 1.'],
    ['<a>\n<b>', 'The following elements are not closed: b, a. Line 2, position 4.'],
    ['<a>\n  <b></c></a>', "The 'b' start tag on line 2 position 4 does not match the end tag of 'c'. Line 2, position 8."],
    ['</a>', "There is no start tag for the end tag of 'a'."],
    ['<a/><b/>', 'There are multiple root elements. Line 1, position 6.'],
    ['<a b=1/>', "The value of 'b' must stand in quotes. Line 1, position 6."],
    ['<a b="1"c="2"/>', 'Expecting white space. Line 1, position 9.'],
    ['<a b="1" b="2"/>', "'b' is a duplicate attribute name. Line 1, position 10."],
    ['<a b="1', 'a quote is not closed'],
    ['<a b="<"/>', "'<', hexadecimal value 0x3C, is an invalid attribute character. Line 1, position 7."],
    ['<a b/>', "'/' is unexpected where '=' belongs."],
    ['<1/>', "Name cannot begin with the '1' character."],
    ['<a><!-- </a>', "'<!--' has no '-->'"],
    ['<a>'.repeat(300), 'too deep'],
  ])('names the place of the mistake in %.30j', (text, sentence) => {
    expect(() => parsePolicy(text, 'rawxml')).toThrow(PolicyUnreadable);
    expect(() => parsePolicy(text, 'rawxml')).toThrow(expect.objectContaining({ message: expect.stringContaining(sentence) }));
  });

  it('takes raw expressions for broken XML in the form xml', () => {
    expect(() => parsePolicy('<a b="@(x["y"])"/>', 'xml')).toThrow(PolicyUnreadable);
    expect(() => parsePolicy('<a>@(x.As<Y>())</a>', 'xml')).toThrow(PolicyUnreadable);
  });

  it('is done soon with beginnings of expressions that never end', () => {
    const text = `<a>${'@('.repeat(100_000)}</a>`;
    expect(raw(text)).toBe(text);
  });

  it('counts lines and positions from 1', () => {
    expect(placeOf('a\r\nb\nc', 5)).toEqual({ line: 3, position: 1 });
    expect(placeOf('', 0)).toEqual({ line: 1, position: 1 });
  });
});

describe('checkPolicy', () => {
  const check = (inside: string, scope: PolicyScope = 'product', names: readonly string[] = []): unknown => {
    const text = `<policies>\n\t<inbound>\n\t\t${inside}\n\t</inbound>\n</policies>`;
    return checkPolicy(text, parsePolicy(text, 'rawxml'), scope, names)?.document();
  };
  const found = (...details: readonly (readonly [string, string])[]): unknown => ({
    error: {
      code: 'ValidationError',
      message: 'One or more fields contain incorrect values:',
      details: details.map(([target, message]) => ({ code: 'ValidationError', target, message: expect.stringContaining(message) })),
    },
  });

  it.each<[string, PolicyScope]>([
    ['<rate-limit calls="5" renewal-period="60" /><quota calls="1" renewal-period="0" /><base />', 'product'],
    ['<rate-limit calls="{{calls}}" renewal-period="60" />', 'operation'],
    ['<rate-limit-by-key calls="@(1 + 1)" renewal-period="300" counter-key="@(context.Request.IpAddress)" />', 'global'],
    ['<quota-by-key bandwidth="5" renewal-period="3600" counter-key="x" />', 'api'],
    ['<quota calls="5" renewal-period="60"><api id="a"><operation id="b" calls="1" /></api></quota>', 'product'],
    ['<choose><when condition="@(true)"><rate-limit-by-key calls="1" renewal-period="1" counter-key="x" /></when></choose>', 'api'],
    ['<!-- <quota /> {{none}} -->', 'global'],
    ['<validate-jwt header-name="a"><issuers><issuer>b</issuer></issuers></validate-jwt><llm-token-limit tokens-per-minute="5" />', 'global'],
    ['<send-request mode="new"><set-url>https://a.example</set-url><set-method>GET</set-method><proxy url="b" /></send-request>', 'api'],
    ['<retry count="1"><limit-concurrency key="a" max-count="1"><wait><base /></wait></limit-concurrency></retry>', 'api'],
    ['<include-fragment fragment-id="a" /><return-response><set-status code="200" /><set-body /></return-response>', 'api'],
    ['<set-body><soap:Body xmlns:soap="a"><when><rate-limt /></when></soap:Body></set-body><trace source="a"><message>b</message></trace>', 'api'],
  ])('takes %s in %s', (inside, scope) => {
    expect(check(inside, scope, ['Calls'])).toBeUndefined();
  });

  it.each<[string, PolicyScope, readonly (readonly [string, string])[]]>([
    ['<rate-limit calls="5" renewal-period="60" />', 'global', [['rate-limit', "on line 3, column 4: Policy is not allowed in the specified scope"]]],
    ['<quota calls="5" renewal-period="60" />', 'api', [['quota', 'not allowed in the specified scope']]],
    ['<quota calls="5" renewal-period="60" />', 'operation', [['quota', 'not allowed in the specified scope']]],
    ['<cors /><cors />', 'api', [['cors', 'more than once']]],
    ['<rate-limit calls="0" renewal-period="301" />', 'api', [['rate-limit', "'calls' attribute is invalid"], ['rate-limit', "'renewal-period' attribute is invalid"]]],
    ['<rate-limit calls="@(1)" renewal-period="60" />', 'api', [['rate-limit', "The value '@(1)' is invalid"]]],
    ['<rate-limit renewal-period="60" />', 'api', [['rate-limit', "'calls' is missing"]]],
    ['<quota renewal-period="60" />', 'product', [['quota', "'calls' and 'bandwidth'"]]],
    ['<rate-limit-by-key calls="1" renewal-period="60" />', 'api', [['rate-limit-by-key', "'counter-key' is missing"]]],
    ['<set-header name="{{one}}"><value>{{ two }}</value></set-header>', 'api', [['set-header', "Cannot find a property 'one'"], ['value', "Cannot find a property 'two'"]]],
  ])('refuses %s in %s', (inside, scope, details) => {
    expect(check(inside, scope)).toEqual(found(...details));
  });

  it.each<[string, readonly (readonly [string, string])[]]>([
    ['<rate-limt calls="5" renewal-period="60" />', [['rate-limt', "on line 3, column 4: The element 'inbound' has invalid child element 'rate-limt'."]]],
    ['<Rate-Limit calls="5" renewal-period="60" />', [['Rate-Limit', "The element 'inbound' has"]]],
    ['<base /><when condition="@(true)" /><http-data-source />', [['when', "on line 3, column 12: The element 'inbound'"], ['http-data-source', "The element 'inbound'"]]],
    ['<choose><base /><when condition="@(true)"><rate-limt /></when><otherwise><qouta /></otherwise></choose>', [['base', "The element 'choose'"], ['rate-limt', "The element 'when'"], ['qouta', "The element 'otherwise'"]]],
    ['<chose><when condition="@(true)"><rate-limt /></when></chose>', [['chose', "The element 'inbound'"]]],
    ['<retry><a /></retry><wait><b /></wait><limit-concurrency><c /></limit-concurrency>', [['a', "The element 'retry'"], ['b', "The element 'wait'"], ['c', "The element 'limit-concurrency'"]]],
    ['<include-fragment fragment-id="a"><quota-by-key calls="1" renewal-period="1" counter-key="b" /></include-fragment><base><cors /></base>', [['quota-by-key', "The element 'include-fragment'"], ['cors', "The element 'base'"]]],
    ['<return-response><set-url>a</set-url></return-response><send-request><set-headr /></send-request>', [['set-url', "The element 'return-response'"], ['set-headr', "The element 'send-request'"]]],
  ])('refuses elements of %s that have no place there', (inside, details) => {
    expect(check(inside)).toEqual(found(...details));
  });

  it.each(['inbound', 'backend', 'outbound', 'on-error'])('refuses what is no policy in the section %s', (section) => {
    const text = `<policies>\r\n  <${section}>\r\n    <base />\r\n    <set-heder name="a" />\r\n  </${section}>\r\n</policies>`;
    const message = `on line 4, column 6: The element '${section}' has invalid child element 'set-heder'.`;
    expect(checkPolicy(text, parsePolicy(text, 'rawxml'), 'global', [])?.document()).toEqual(found(['set-heder', message]));
  });

  it('refuses what the Consumption tier does not have, and nothing else there', () => {
    const inside = '<rate-limit calls="1" renewal-period="1" /><quota calls="1" renewal-period="0" />'
      + '<rate-limit-by-key calls="1" renewal-period="1" counter-key="x" /><quota-by-key calls="1" renewal-period="0" counter-key="x" />';
    const text = `<policies>\n\t<inbound>\n\t\t${inside}\n\t</inbound>\n</policies>`;
    const of = (sku: 'Consumption' | 'Developer'): unknown => checkPolicy(text, parsePolicy(text, 'rawxml'), 'product', [], sku)?.document();
    const refused = "Policy is not allowed in 'Consumption' sku";
    expect(of('Consumption')).toEqual(found(['rate-limit-by-key', `on line 3, column 85: ${refused}`], ['quota-by-key', refused]));
    expect(of('Developer')).toBeUndefined();
  });

  it('refuses what stands in a section where it has no place, and sections that are none', () => {
    const of = (text: string): unknown => checkPolicy(text, parsePolicy(text, 'rawxml'), 'api', [])?.document();
    expect(of('<policies><outbound><rewrite-uri template="/a" /></outbound></policies>')).toEqual(found(['rewrite-uri', 'in the specified section']));
    expect(of('<policies><inbound /><inbound /></policies>')).toEqual(found(['inbound', 'more than once']));
    expect(of('<policies><middle /></policies>')).toEqual(found(['middle', 'Policy section is not allowed']));
    expect(of('<fragment />')).toEqual(found(['fragment', 'Policy section is not allowed']));
  });

  it('tells which names are used', () => {
    const text = '<policies><inbound><a b="x{{one}}y{{two}}">@($"{{three}}")</a><!-- {{no}} --><c>{{not a name}} {{</c></inbound></policies>';
    expect(namesUsed(parsePolicy(text, 'rawxml'))).toEqual(['one', 'two', 'three']);
  });
});
