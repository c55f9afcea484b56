// Reads references to blobs in the body of a submission: a connection string with a place, or an address with a place and a token.

import { isObject, kindOf } from '../json';
import { badArgument } from '../problem';
import { readConnectionString } from './connectionString';

/** A blob and what gives access to it. `endpoint` is the address of the account's blob service, with a slash at its end. */
export type BlobAccess = BlobName & (
  | { readonly kind: 'account'; readonly account: string; readonly key: string }
  /** `sas` begins with `?`. */
  | { readonly kind: 'token'; readonly sas: string }
);

/** Where a blob is; `name` may hold slashes and is not percent-encoded. */
export interface BlobName {
  readonly endpoint: string;
  readonly container: string;
  readonly name: string;
}

/** What a reference is for: it names the port in messages and chooses the detail code for what is missing. */
export interface ReferenceUse {
  readonly what: 'input' | 'output';
  readonly port: string;
  readonly extensions: readonly string[];
  /** True when a reference with a token is refused. */
  readonly connectionStringOnly: boolean;
}

/** Reads a reference. Throws a 400 with the contract's code; no message holds a key or a token. */
export function readReference(value: unknown, use: ReferenceUse): BlobAccess {
  const where = `the ${use.what} '${use.port}'`;
  const missing = use.what === 'input' ? 'MissingInputBlobInformation' : 'MissingOutputOverrideSpecification';
  if (value === null || value === undefined) throw badArgument(missing, `There is no reference to a blob for ${where}.`);
  if (!isObject(value)) throw badArgument('InvalidBlob', `The reference of ${where} must be an object, not ${kindOf(value)}.`);
  const text = (name: string): string => {
    const member = value[name] ?? '';
    if (typeof member !== 'string') throw badArgument('InvalidBlob', `'${name}' of ${where} must be a text, not ${kindOf(member)}.`);
    return member;
  };
  const [connectionString, location, base, sas] = [
    text('ConnectionString'),
    text('RelativeLocation'),
    text('BaseLocation'),
    text('SasBlobToken'),
  ];
  if (location === '') throw badArgument(missing, `The reference of ${where} has no 'RelativeLocation'.`);
  const place = readLocation(location, where);
  checkExtension(place.name, where, use.extensions);

  if (connectionString !== '') {
    const read = readConnectionString(connectionString);
    if (typeof read === 'string')
      throw badArgument('InvalidBlobConnectionString', `The connection string of ${where} cannot be used: ${read}.`);
    return { kind: 'account', ...read, ...place };
  }
  if (base === '' || sas === '') {
    const lacking =
      base === '' && sas === ''
        ? "no 'ConnectionString'"
        : base === ''
          ? "no 'BaseLocation' to its 'SasBlobToken'"
          : "no 'SasBlobToken' to its 'BaseLocation'";
    throw badArgument(missing, `The reference of ${where} has ${lacking}. It needs a connection string, or a base location with a token.`);
  }
  if (use.connectionStringOnly) {
    throw badArgument(
      'InvalidBlobConnectionString',
      `The reference of ${where} has a token where this service insists on a connection string.`,
    );
  }
  if (!sas.startsWith('?')) throw badArgument('InvalidBlob', `The 'SasBlobToken' of ${where} must begin with a question mark.`);
  return { kind: 'token', endpoint: readBase(base, where), sas, ...place };
}

/** The ending of a blob's name in lower case, without the dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function readLocation(location: string, where: string): { readonly container: string; readonly name: string } {
  const [, container, name] = /^\/?([^/]+)\/(.*[^/])$/s.exec(location) ?? [];
  if (container === undefined || name === undefined) {
    throw badArgument(
      'InputBlobRelativeLocationInvalid',
      `The 'RelativeLocation' of ${where} must name a container and a blob in it, such as container/folder/name.csv.`,
    );
  }
  return { container, name };
}

function checkExtension(name: string, where: string, extensions: readonly string[]): void {
  if (extensions.includes(extensionOf(name))) return;
  const accepted = extensions.map((each) => `.${each}`).join(', ');
  throw badArgument('InvalidBlobExtension', `The blob of ${where} has no file extension that can be used. Accepted: ${accepted}.`);
}

function readBase(base: string, where: string): string {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw badArgument('InvalidBlob', `The 'BaseLocation' of ${where} must be an address such as https://ACCOUNT.blob.core.windows.net/.`);
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
