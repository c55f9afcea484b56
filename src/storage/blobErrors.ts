// What storage-blob throws -> errors that may be shown.

import { RestError } from '@azure/storage-blob';
import { Cancelled, HumanError, LocalFailure, messageOf } from '../model/errors';
import type { StorageAccess } from '../model/storage';
import { callLimitMs, networkFailureBehind } from './blobHttp';
import { guardOf, storageFailed, storageUnreached, tokenExpiry, type StorageContext } from './storageMessages';

/** What an operation was about. */
export interface Subject {
  readonly container?: string;
  readonly name?: string;
}

/** Does `work` and turns what it throws into StorageFailed, or Cancelled once `signal` is raised. */
export async function explained<T>(access: StorageAccess, subject: Subject, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    throw storageError(error, access, subject);
  }
}

/** Storage's own code for a refusal, or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof RestError) || error.response === undefined) return undefined;
  // An answer to HEAD has its code in a header only.
  return error.response.headers.get('x-ms-error-code') ?? error.code;
}

/** The HTTP status of a refusal, or undefined. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof RestError ? error.response?.status : undefined;
}

function storageError(error: unknown, access: StorageAccess, subject: Subject): Error {
  if (error instanceof HumanError || error instanceof Cancelled) return error;
  const context: StorageContext = {
    host: new URL(access.base).host,
    ...(subject.container === undefined ? {} : { container: subject.container }),
    ...(subject.name === undefined ? {} : { blob: subject.name }),
    usesToken: access.kind === 'container',
    tokenExpiry: access.kind === 'container' ? tokenExpiry(access.sas) : undefined,
    now: Date.now(),
    timeoutMs: callLimitMs.withoutBody,
    guard: guardOf(access),
  };
  const failure = networkFailureBehind(error);
  if (failure !== undefined) return storageUnreached(failure, context);
  if (error instanceof RestError && error.response !== undefined) {
    const date = Date.parse(error.response.headers.get('date') ?? '');
    return storageFailed(
      { status: error.response.status, code: codeOf(error), message: messageFrom(error), date: Number.isNaN(date) ? undefined : date },
      context,
    );
  }
  return new LocalFailure({
    sentence: `The call to the storage at ${context.host} failed.`,
    detail: context.guard.text(messageOf(error)),
    actions: ['showLog'],
  });
}

/** Storage's own words, without what its libraries put around them and without the string that it would have signed. */
function messageFrom(error: RestError): string | undefined {
  const body = error.response?.bodyAsText ?? '';
  const words = /<Message>([^<]*)<\/Message>/.exec(body)?.[1] ?? /<title>([^<]*)<\/title>/i.exec(body)?.[1];
  return words?.split('\n').filter((line) => !line.startsWith('Time:')).join(' ').trim();
}
