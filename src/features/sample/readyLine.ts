// Reads the line in which the sample's program says that it runs, and where.

import { developmentAccount } from '../../model/developmentAccount';
import { SampleFailed } from '../../model/errors';
import type { Workspace } from '../../model/service';
import type { StorageAccess } from '../../model/storage';
import { parseEndpoint } from '../../protocols/studio/endpoint';
import { workspaceAddress } from '../../protocols/studio/endpointAddress';
import { withoutEnd } from '../../base/ends';
import { isLoopback } from '../../base/loopback';
import { filledText, isArray, member, tryParse } from '../../base/shape';
import { readStorage } from '../../storage/storageText';
import { toService } from '../../protocols/newService';
import type { SampleApim } from '../apim';

/** The workspace that runs, the addresses that it had before, and where its storage is. Throws SampleFailed. */
export function readReadyLine(line: string): {
  readonly workspace: Workspace;
  readonly former: readonly string[];
  readonly blobEndpoint: string;
} {
  const ready = tryParse(line);
  const baseUrl = filledText(member(ready, 'baseUrl'));
  const workspace = filledText(member(ready, 'workspace'));
  const blobEndpoint = filledText(member(ready, 'blobEndpoint'));
  const listed = member(ready, 'services');
  const former = member(ready, 'formerBaseUrls');
  const services = (isArray(listed) ? listed : []).flatMap((entry) => {
    const name = filledText(member(entry, 'name'));
    const read = parseEndpoint(`${baseUrl ?? ''}/workspaces/${workspace ?? ''}/services/${filledText(member(entry, 'id')) ?? ''}`);
    return name !== undefined && read.ok ? [toService({ name, endpoint: read.endpoint })] : [];
  });
  const [first] = services;
  if (!first || workspace === undefined || blobEndpoint === undefined)
    throw new SampleFailed({ sentence: 'The sample service gave an answer that makes no sense.', actions: ['showLog'] });
  return {
    workspace: { address: workspaceAddress(first.endpoint), id: workspace, name: 'Sample', services, sample: true },
    former: (isArray(former) ? former : []).flatMap((each) => filledText(each) ?? []),
    blobEndpoint,
  };
}

/**
 * The API Management instance that runs with the sample, called with this token; undefined for a program that has none, or tells of it in a
 * way that makes no sense.
 */
export function readApim(line: string, token: string): SampleApim | undefined {
  const ready = tryParse(line);
  const arm = member(ready, 'arm');
  const told = (name: string): string | undefined => filledText(member(arm, name));
  const [endpoint, gateway] = [onThisComputer(told('endpoint')), onThisComputer(filledText(member(ready, 'gateway')))];
  const [subscriptionId, resourceGroup, service] = [told('subscriptionId'), told('resourceGroup'), told('service')];
  if (endpoint === undefined || subscriptionId === undefined || resourceGroup === undefined || service === undefined) return undefined;
  return { endpoint, token, subscriptionId, resourceGroup, service, ...(gateway === undefined ? {} : { gateway }) };
}

/** An address of this computer without a slash at its end; undefined for any other: a token goes there. */
function onThisComputer(text: string | undefined): string | undefined {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  return url && url.protocol === 'http:' && isLoopback(url.hostname) && url.username === '' ? withoutEnd(url.href, '/') : undefined;
}

/** Access to the storage that runs with the sample, by Azurite's public development account. */
export function localAccess(blobEndpoint: string): StorageAccess | undefined {
  const { name, key } = developmentAccount;
  const read = readStorage(`DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};BlobEndpoint=${blobEndpoint}`, 0);
  return read.ok ? read.access : undefined;
}
