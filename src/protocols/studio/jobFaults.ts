// What a fault tells about a job: whether anything was carried out, whether the job is known, how long to wait.

import type { Fault } from './fault';

/** True where the service has too much to do just now. */
export function isBusy({ status }: Fault): boolean {
  return status === 429 || status === 503;
}

/**
 * True where the answer says that nothing was carried out. Of a 503 only those who know say so: others stand in front and may have passed
 * the request on.
 */
export function isCertain(fault: Fault): boolean {
  if (fault.status === 503) return fault.source !== 'unknown';
  // A redirect may follow work that was done: 303 names the place of its result. 408 is said of work that was begun.
  return fault.status >= 400 && fault.status < 500 && fault.status !== 408;
}

/** Details of a 404 that speak of the address and not of the job. */
const addressWrong = /^(?:WebServiceIdNotFoundInWorkspace|WebServiceNotFound|WorkspaceNotFound|ModelPackageNotFound)$/;

/** True where the service does not know the job. */
export function isUnknownJob({ status, source, details }: Fault): boolean {
  return status === 404 && source === 'service' && !details.some(({ code }) => addressWrong.test(code ?? ''));
}

/** How long the other side asks to be left alone, where it says so. */
export function wait({ retryAfterMs }: Fault): { readonly retryAfterMs?: number } {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
