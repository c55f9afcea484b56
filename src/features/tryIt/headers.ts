// Which headers a person may give: what HTTP allows, without those that carry keys and those that the transport makes.

import * as l10n from '@vscode/l10n';
import type { CallHeader, CallShape } from './shape';

/** What the transport says of itself, or of the body. */
const ofTransport = new Set([
  'host', 'content-length', 'connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect', 'accept-encoding',
  'proxy-connection',
]);

/** What proves the right to call. */
const ofKeys = new Set([
  'authorization', 'proxy-authorization', 'cookie', 'ocp-apim-subscription-key', 'ocp-apim-trace', 'apim-debug-authorization',
]);

/** What is wrong with each of these headers; undefined where nothing is. */
export function headerProblems({ keyHeaders }: Pick<CallShape, 'keyHeaders'>, headers: readonly CallHeader[]): (string | undefined)[] {
  return headers.map(({ name, value }, index) => {
    const lower = name.trim().toLowerCase();
    if (lower === '') return value.trim() === '' ? undefined : l10n.t('The header needs a name.');
    if (!/^[!#$%&'*+.^_`|~\dA-Za-z-]{1,256}$/.test(name.trim()))
      return l10n.t('A header name has letters, digits and hyphens, and no blanks or colons.');
    if (ofKeys.has(lower) || keyHeaders.includes(lower)) return l10n.t('"{0}" carries a key: choose the key above instead.', name.trim());
    if (ofTransport.has(lower)) return l10n.t('"{0}" is made for each call and cannot be given.', name.trim());
    if (headers.slice(0, index).some((each) => each.name.trim().toLowerCase() === lower))
      return l10n.t('"{0}" is given twice.', name.trim());
    if (/[\r\n\0]/.test(value)) return l10n.t('The value of a header is one line.');
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return l10n.t('The value of a header holds letters of Latin 1 only.');
    return undefined;
  });
}

/** The headers that are sent: those with a name, without blanks around. */
export function givenHeaders(headers: readonly CallHeader[]): readonly CallHeader[] {
  return headers.map(({ name, value }) => ({ name: name.trim(), value: value.trim() })).filter(({ name }) => name !== '');
}
