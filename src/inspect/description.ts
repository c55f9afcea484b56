// A service's description -> what is understood of it, and the requests that New Request makes from it.

import { basename } from 'node:path';
import { LocalFailure } from '../model/errors';
import { requestText } from '../base/requestText';
import type { DescribedColumn, DescribedPort } from '../protocols/description';
import { protocolOf } from '../protocols/registry';
import { recordedService } from './recorded';
import type { Json } from './report';

/** What the product makes of a description. Throws LocalFailure for one that is not written in UTF-8. */
export async function inspectDescription(bytes: Uint8Array, path: string): Promise<Json> {
  const { describing } = protocolOf(recordedService);
  if (!describing) throw new LocalFailure({ sentence: 'There is nobody to read a description.' });
  const read = await describing.read(requestText(bytes, basename(path)));
  const requests: Record<string, Json> = {};
  for (const { id } of read.request === 'inputs' ? describing.forms() : [])
    requests[id] = (await describing.newRequest(id, read, [])).split('\n');
  return {
    format: read.format ?? null,
    title: read.title,
    about: read.about,
    address: read.address,
    operations: read.operations.map(({ method, path: at, query, id, secured }) => ({
      method, path: at, query: query.map(([name, value]) => `${name}=${value}`), id, secured,
    })),
    request: read.request,
    inputs: read.inputs.map(port),
    parameters: read.parameters.map(column),
    outputs: read.outputs.map(port),
    example: read.example,
    requests,
    notUnderstood: read.notUnderstood.map(({ path: at, what }) => ({ path: at, notes: what })),
    moreNotUnderstood: read.moreNotUnderstood,
  };
}

function port({ name, type, format, columns, rows }: DescribedPort): Json {
  return { name, type, format, columns: columns.map(column), rows: rows.map((row) => row.map((cell) => cell ?? null)) };
}

function column({ choices, moreChoices, nullable, required, least, greatest, ...rest }: DescribedColumn): Json {
  return {
    ...rest,
    ...(least ? { least: { ...least } } : {}),
    ...(greatest ? { greatest: { ...greatest } } : {}),
    ...(nullable ? { nullable } : {}),
    ...(required ? { required } : {}),
    ...(choices.length === 0 ? {} : { choices }),
    ...(moreChoices === 0 ? {} : { moreChoices }),
  };
}
