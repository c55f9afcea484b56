// Whom TLS trusts: Node's own list, the files that the environment names, and what the operating system trusts.

import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as tls from 'node:tls';
import { messageOf } from '../model/errors';
import type { NetworkSettings } from '../model/wire';

/** Certificates in PEM; undefined stands for Node's own list. `hints` name the files that could not be used, and why. */
export interface Trust {
  readonly authorities: readonly string[] | undefined;
  readonly hints: readonly string[];
}

/** Loads what is trusted. Never fails: what cannot be read is left out and named in `hints`. `system` reads the operating system's list. */
export async function loadTrust(settings: NetworkSettings, system: () => Promise<readonly string[]> = readSystem): Promise<Trust> {
  const { environment } = settings;
  const sources = await Promise.all([
    settings.systemCertificates ? system().then(trusting, untold) : nothing,
    readNamed(environment['NODE_EXTRA_CA_CERTS']),
    readNamed(environment['SSL_CERT_FILE']),
    ...(environment['SSL_CERT_DIR'] ?? '').split(delimiter).map(readFolder),
  ]);
  const hints = sources.flatMap((source) => source.hints);
  const known = new Map(tls.rootCertificates.map((pem) => [identity(pem), pem]));
  const built = known.size;
  for (const pem of sources.flatMap((source) => source.pems)) known.set(identity(pem), pem);
  return { authorities: known.size === built ? undefined : [...known.values()], hints };
}

interface Source {
  readonly pems: readonly string[];
  readonly hints: readonly string[];
}

const nothing: Source = { pems: [], hints: [] };

/** A list that has been checked by whoever keeps it. */
function trusting(pems: readonly string[]): Source {
  return { pems, hints: [] };
}

function untold(error: unknown): Source {
  return { pems: [], hints: [`the certificates of the operating system could not be read: ${messageOf(error)}`] };
}

/** Two texts of one certificate may differ in their line breaks. */
function identity(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

async function readNamed(path: string | undefined): Promise<Source> {
  if (path === undefined || path === '') return nothing;
  try {
    return certificatesIn(await readFile(path, 'latin1'), path);
  } catch (error) {
    return { pems: [], hints: [`${path} could not be read: ${messageOf(error)}`] };
  }
}

/** A folder also holds links to files that are gone, keys and lists of revoked certificates: only what has certificates counts. */
async function readFolder(path: string): Promise<Source> {
  if (path === '') return nothing;
  try {
    const names = await readdir(path);
    const sources = await Promise.all(names.map((name) => readMember(join(path, name))));
    return { pems: sources.flatMap((source) => source.pems), hints: sources.flatMap((source) => source.hints) };
  } catch (error) {
    return { pems: [], hints: [`${path} could not be read: ${messageOf(error)}`] };
  }
}

async function readMember(path: string): Promise<Source> {
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  if (!isFile) return nothing;
  const source = await readNamed(path);
  return source.pems.length > 0 ? source : nothing;
}

/** One broken certificate would make Node refuse the whole list, so each is looked at. */
function certificatesIn(text: string, path: string): Source {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const pems = blocks.filter(isCertificate);
  if (blocks.length === 0) return { pems, hints: [`${path} holds no certificate`] };
  return { pems, hints: pems.length === blocks.length ? [] : [`${path} holds a certificate that cannot be read`] };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** Where Linux distributions keep the one file with all trusted certificates: Debian, Fedora, older Fedora, SUSE, Alpine. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

async function readSystem(): Promise<readonly string[]> {
  // Node has had this function since 22.15, so it is looked for by name.
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof read === 'function') {
    const found: unknown = Reflect.apply(read, tls, ['system']);
    return Array.isArray(found) ? found.filter((pem) => typeof pem === 'string') : [];
  }
  for (const path of systemBundles) {
    const { pems } = await readNamed(path);
    if (pems.length > 0) return pems;
  }
  return [];
}
