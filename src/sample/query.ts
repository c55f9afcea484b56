// Reads the query of a call: api-version, details and format, and nothing else.

import { badArgument } from './problem';

/** How a caller wants the answer: as a table (with or without names and types) or as row objects. */
export type Form = 'table' | 'detailedTable' | 'rows';

/** Reads the query of `execute`. Throws a 400 for a version that is missing or wrong and for any argument that is not known. */
export function readForm(query: URLSearchParams): Form {
  refuseUnknown(query, ['api-version', 'details', 'format']);
  requireVersion(query);
  const details = query.get('details')?.toLowerCase() ?? 'false';
  if (details !== 'true' && details !== 'false') {
    throw badArgument('InvalidQueryParameter', "The query argument 'details' must be true or false.");
  }
  const format = query.get('format');
  if (format !== null && format !== 'swagger') {
    throw badArgument('InvalidQueryParameter', "The query argument 'format' can only be swagger.");
  }
  if (format === 'swagger') return 'rows';
  return details === 'true' ? 'detailedTable' : 'table';
}

/** Checks the query of an operation on jobs that takes the version and nothing else. Throws a 400. */
export function checkVersion(query: URLSearchParams): void {
  refuseUnknown(query, ['api-version']);
  requireVersion(query);
}

/** Checks the query where the version may be left out, as for `swagger.json` and for cancelling a job. Throws a 400. */
export function checkOptionalVersion(query: URLSearchParams): void {
  refuseUnknown(query, ['api-version']);
  const version = query.get('api-version');
  if (version !== null && version !== '2.0') {
    throw badArgument('BadVersionCall', "The query argument 'api-version' must be 2.0 where it is given.");
  }
}

function requireVersion(query: URLSearchParams): void {
  if (query.get('api-version') !== '2.0') throw badArgument('BadVersionCall', "The query argument 'api-version' must be 2.0.");
}

function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) {
      throw badArgument('InvalidQueryParameter', `The query argument '${name}' is not known here. Known are: ${known.join(', ')}.`);
    }
    if (query.getAll(name).length > 1) throw badArgument('InvalidQueryParameter', `The query argument '${name}' is given more than once.`);
  }
}
