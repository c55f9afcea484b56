// Takes a connection string or a container's address with its token out of the line, the program or the document that it stands in.

import { readJson } from '../base/pasted/pasteJson';
import { linePairs } from '../base/pasted/pasteLines';
import { isPlaceholder, plainName } from '../base/pasted/pasteSecrets';
import { plainText, type Pair } from '../base/pasted/pasteText';
import { codeValues } from '../base/pasted/pasteValues';
import { isStorageHost } from './storageHosts';
import { isArray, isObject, tryParse } from '../base/shape';

/** The text alone, without what stands around it, or that there are several which differ. */
export type StorageLine = { readonly text: string } | { readonly several: true };

const longestText = 100_000;
const mostFound = 100;
const partName = '(?:DefaultEndpointsProtocol|AccountName|AccountKey|SharedAccessSignature|EndpointSuffix|UseDevelopmentStorage'
  + '|DevelopmentStorageProxyUri|(?:Blob|File|Queue|Table|Dfs)(?:Secondary)?Endpoint)';
const part = new RegExp(`${partName}\\s{0,4}\\\\?=`, 'i');
const start = new RegExp(`^${partName}\\s{0,4}=`, 'i');
const telling = /(?:AccountKey|SharedAccessSignature|UseDevelopmentStorage)\s{0,4}=/i;
const containerAddress = /^https?:\/\/\S{1,4000}[?&](?:sig|sv)=\S{1,4000}$/i;

/**
 * Finds what gives access to storage in a text of any kind, in time that grows with its length alone. A text without any comes back as it
 * is.
 */
export function storageLine(given: string): StorageLine {
  const text = given.slice(0, longestText).replace(/^\uFEFF/, '').trim();
  if (start.test(text) || /^https?:\/\//i.test(text)) return { text: withoutEnd(text) };
  const document = /^[{[]/.test(text) ? readJson(text) : undefined;
  const inDocument = document?.kind === 'pairs' ? oneOf(stringsOf(tryParse(text))) : undefined;
  if (inDocument !== undefined) return inDocument;
  const plain = plainText(document?.kind === 'program' ? document.text : text);
  const lines = linePairs(plain);
  const code = codeValues(plain, lines);
  const values = [...code.texts, ...lines].map(({ value }) => value);
  return oneOf(values) ?? fromNameAndKey([...code.pairs, ...lines]) ?? bareLine(plain) ?? { text };
}

/** All texts of a document, wherever they stand in it. */
function stringsOf(document: unknown): string[] {
  const found: string[] = [];
  const left: unknown[] = [document];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') found.push(value);
    else if (isArray(value)) for (const each of value) left.push(each);
    else if (isObject(value)) for (const each of Object.values(value)) left.push(each);
  }
  return found.toReversed();
}

/** Settings that hold the account's name and its key apart. */
function fromNameAndKey(pairs: readonly Pair[]): StorageLine | undefined {
  const valueOf = (name: RegExp, value: RegExp): string | undefined => {
    const named = pairs.filter((pair) => name.test(plainName(pair.name)) && value.test(pair.value) && !isPlaceholder(pair.value));
    const values = new Set(named.map((pair) => pair.value));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const account = valueOf(/(?:storage|blob)account(?:name)?$|^accountname$/, /^[a-z\d]{3,24}$/);
  const key = valueOf(/(?:storage|account|blob)(?:access|account)?key1?$/, /^[A-Za-z\d+/]{86}==$/);
  if (account === undefined || key === undefined) return undefined;
  const found = pairs.flatMap((pair) => placeBeside(pair, account));
  // A line of settings is also read as code, where it is names without values.
  const known = found.filter((place) => !/[{}]/.test(place));
  const places = new Set(known.length > 0 ? known : found);
  if (places.size > 1) return { several: true };
  return { text: [`DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${key}`, ...places].join(';') };
}

/**
 * What settings beside the account's name say of its cloud or its host, as a part of a connection string.
 * What leads to no host is left to be refused.
 */
function placeBeside({ name, value, comment }: Pair, account: string): string[] {
  const plain = plainName(name);
  const given = value.trim();
  if (comment || given === '' || given.includes(';')) return [];
  const suffix = given.toLowerCase().replace(/^\.?(?:(?:blob|dfs)\.)?/, '');
  if (/(?:endpoint|storage|host|dns)suffix$/.test(plain)) return [`EndpointSuffix=${suffix}`];
  const bare = given.replace(/^https?:\/\//i, '');
  const host = bare.split(/[/?#:]/, 1)[0]?.toLowerCase() ?? '';
  const [first = '', kind = '', ...domain] = host.split('.');
  // The account's own host tells its cloud, whichever of its services it is of and whatever its setting is called.
  if (isStorageHost(host) && first.replace(/-secondary$/, '') === account && kind !== 'web') return [`EndpointSuffix=${domain.join('.')}`];
  if (!/(?:blob|storage|account)(?:service|account)?(?:endpoint|ur[il]|host|address)$|^primaryendpointsblob$/.test(plain)) return [];
  return [`BlobEndpoint=${bare === given && !isPlaceholder(given) ? `https://${given}` : given}`];
}

/** The texts that give access, when they are one and the same. */
function oneOf(values: readonly string[]): StorageLine | undefined {
  const gives = (value: string): boolean => (start.test(value) && telling.test(value)) || containerAddress.test(value);
  const found = [...new Set(values.map((value) => value.trim()).filter(gives))].slice(0, mostFound);
  // Pieces of one that was put together say nothing beside it, and neither do templates beside what was made of them.
  const whole = found.filter((value) => !found.some((other) => other !== value && other.includes(value)));
  const filled = whole.filter((value) => !/\{\w{0,40}\}|%s/.test(value));
  const [first] = filled.length > 0 ? filled : whole;
  if (first === undefined) return undefined;
  return new Set((filled.length > 0 ? filled : whole).map(placeOf)).size > 1 ? { several: true } : { text: first };
}

/** Where the storage is, so that its two keys are not two storages. */
function placeOf(value: string): string {
  if (/^https?:/i.test(value)) return value.replace(/\?.*$/s, '').toLowerCase();
  const named = /(?:AccountName|BlobEndpoint)\s{0,4}=\s{0,4}([^;]{1,300})/i.exec(value)?.[1] ?? value;
  return named.trim().toLowerCase();
}

/** What no quotes of code enclose: a line of settings, an element or an attribute of XML, a text with escaped quotes in it. */
function bareLine(plain: string): StorageLine | undefined {
  const found = part.exec(plain);
  if (found === null) return undefined;
  const before = plain.charAt(found.index - 1);
  const rest = plain.slice(found.index);
  const close = before === '>' ? '<' : /["'`]/.test(before) ? before : undefined;
  const end = close === undefined ? rest.search(/["'`<]|\n|\s(?:#|\/\/|\/m\b)|\s{0,8}\/>/i) : rest.indexOf(close);
  const line = end < 0 ? rest : rest.slice(0, end);
  // In a sentence it ends where the sentence goes on.
  const word = /^\S{1,4000}/.exec(line)?.[0] ?? '';
  const taken = close === undefined && telling.test(word) ? word.replace(/[.,)]{1,4}$/, '') : line;
  const inside = taken.replace(/\\$/, '').replace(/\\(?=[=:])/g, '');
  return { text: close === undefined ? withoutEnd(inside) : inside.trim() };
}

/** Without the quotation mark, the semicolon and the comment that end a line of code. */
function withoutEnd(text: string): string {
  return text
    .replace(/\\(?=[=:])/g, '')
    .replace(/\s(?:#|\/\/)[^;\n]{0,300}$/, '')
    .replace(/["'`]\s{0,8}[;,)\s]{0,8}(?:\/>)?$/, '')
    .trim();
}
