// Policy documents to try reading and editing on, and texts made of their pieces.

import fc from 'fast-check';

const rest = '<backend><base /></backend><outbound><base /></outbound>';

export const policies = {
  csharp: '<!-- <rate-limit calls="1" /> -->\n<policies>\n\t<inbound>\n\t\t<base />\n' +
    '\t\t<rate-limit-by-key calls="@((int)context.Variables["calls"])" renewal-period="300" counter-key="@(context.Get<string>("key", ""))" />\n' +
    '\t\t<choose>\n\t\t\t<when condition="@(a < 1 && b.Equals("</inbound>"))">\n\t\t\t\t<set-body>@{ return "<quota calls=\\"1\\" />"; }</set-body>\n' +
    '\t\t\t</when>\n\t\t</choose>\n\t</inbound>\n\t<outbound>\n\t\t<set-body><![CDATA[<rate-limit calls="2" renewal-period="3" />]]></set-body>\n' +
    '\t</outbound>\n</policies>',
  crlf: '<policies>\r\n    <inbound>\r\n        <base />\r\n        <rate-limit calls=\'5\' renewal-period="60" />\r\n' +
    '        <quota calls="100" renewal-period="604800" />\r\n    </inbound>\r\n</policies>\r\n',
  oneLine: `<policies><inbound><base/><cors/></inbound>${rest}</policies>`,
  emptyInbound: `<policies>\n  <inbound />\n  ${rest}\n</policies>`,
  openInbound: `<policies>\n  <inbound></inbound>\n  ${rest}\n</policies>`,
  noInbound: '<policies>\n    <outbound />\n</policies>',
  fragment: '<fragment>\n  <set-header name="a" />\n</fragment>',
  named: '<policies>\n  <inbound>\n    <base />\n    <rate-limit calls="{{calls}}" renewal-period="60" />\n    <quota calls="@(n)" renewal-period="60" />\n  </inbound>\n</policies>',
  conditional: '<policies>\n  <inbound>\n    <base />\n    <choose><when condition="@(x)"><rate-limit calls="1" renewal-period="2" /></when></choose>\n  </inbound>\n</policies>',
};

const pieces = [
  '<policies>', '</policies>', '<inbound>', '</inbound>', '<inbound/>', '<base />', '<rate-limit calls="5" renewal-period="60" />',
  '<quota calls=\'7\' bandwidth="2" renewal-period="0"/>', '<rate-limit calls="@(1 < "2".Length)" renewal-period="{{n}}" />',
  '<!-- <quota calls="1" /> -->', '<![CDATA[</inbound>]]>', '@("\\"")', '@{ return @"a""</inbound>"; }', '<set-header name="x">', '</set-header>',
  '<value>@($"{a["b"]}")</value>', '\n', '\r\n', '    ', '\t', 'text ', '<', '>', '"', "'", '@', '{{x}}', '&quot;', '\ufeff', '<?xml?>',
  '<rate-limit-by-key calls="1" renewal-period="2" counter-key="@(context.Subscription.Id)" />', '<choose><when condition="@(a)">', '</when></choose>',
];

/** Texts that hold much of what documents hold, most of them in no good order. */
export const strangeTexts = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 30 }).map((parts) => parts.join(''));

const inner = fc.array(fc.constantFrom(...pieces.filter((piece) =>
  !/^<\/?(?:policies|inbound|set-header|choose)|^<\/|^[<>"'@]$|^<\?/.test(piece))), { maxLength: 12 });

/** Documents that make sense. */
export const goodDocuments = fc.tuple(inner, inner, fc.constantFrom('\n', '\r\n', ''), fc.boolean()).map(([before, after, line, base]) =>
  `<policies>${line}<inbound>${line}${before.join('')}${base ? '<base />' : ''}${line}${after.join('')}</inbound>${line}</policies>`);
