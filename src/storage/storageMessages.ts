// What blob storage says when it says no, in plain words with what to do. Pure; does not load storage-blob.

import { StorageFailed, type ErrorAction, type ErrorParts } from '../model/errors';
import type { StorageAccess } from '../model/storage';
import type { NetworkFailure } from '../model/wire';
import { isLoopback } from '../base/loopback';
import { maskWords, redactor, type Redactor } from '../redaction';
import { failureParts } from '../http/failureParts';

/** An answer of storage that says no. */
export interface StorageFault {
  readonly status: number;
  /** Storage's own code, such as `ContainerNotFound`. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** The other side's clock, in milliseconds since 1970. */
  readonly date: number | undefined;
}

/** What was asked for, as far as it is to be named. */
export interface StorageContext {
  /** Host of the account. */
  readonly host: string;
  readonly container?: string;
  readonly blob?: string;
  /** When the token in use expires, in milliseconds since 1970; undefined where a key is used. */
  readonly tokenExpiry: number | undefined;
  readonly usesToken: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Limit of the call, in milliseconds. */
  readonly timeoutMs: number;
  readonly guard: Redactor;
}

/** What hides the secrets of an access. */
export function guardOf(access: StorageAccess): Redactor {
  return access.kind === 'account' ? redactor([access.key, access.connectionString]) : tokenGuard(access.sas);
}

/** What hides the signature of a token (a query). */
export function tokenGuard(token: string): Redactor {
  const signature = new URLSearchParams(token).get('sig') ?? undefined;
  return redactor([signature, signature === undefined ? undefined : encodeURIComponent(signature)]);
}

/** When a token (a query) expires, in milliseconds since 1970. */
export function tokenExpiry(token: string): number | undefined {
  const end = Date.parse(new URLSearchParams(token).get('se') ?? '');
  return Number.isNaN(end) ? undefined : end;
}

/** The error for an answer that says no. */
export function storageFailed(fault: StorageFault, context: StorageContext): StorageFailed {
  const expired = isExpired(fault, context);
  const { sentence, advice, actions = [] } = expired ? expiredMessages(context) : messagesOf(fault, context);
  const said = [fault.code, fault.message?.trim().slice(0, 500)].filter((part) => part !== undefined && part !== '').join(': ');
  return new StorageFailed(
    safe({ sentence, advice, detail: said || undefined, actions }, context.guard),
    expired ? authenticationFailed : codeOf(fault),
  );
}

/** The error where no answer came. */
export function storageUnreached(failure: NetworkFailure, context: StorageContext): StorageFailed {
  const parts = failureParts(failure, context.timeoutMs);
  const local = isLoopback(failure.host.replace(/:\d+$/, ''));
  const actions = (parts.actions ?? []).filter((action) => action !== 'changeService' && action !== 'setServiceKey');
  if (local && failure.kind === 'refused') {
    return new StorageFailed(
      safe(
        {
          ...parts,
          sentence: `The storage on this computer (${failure.host}) is not running.`,
          advice: 'The storage of the sample service runs as long as the sample service does: start it again.',
          actions: ['startSample', ...actions],
        },
        context.guard,
      ),
    );
  }
  const advice =
    failure.kind === 'dns'
      ?
        "Check the name of the storage account, and that the network is up. A private storage account needs the company's VPN; behind " +
        'a proxy, set "http.proxy".'
      : failure.kind === 'reset'
        ? 'Try again. If it happens each time, ask whether a firewall or proxy on the way ends long transfers.'
        : failure.kind === 'tooLarge'
          ? undefined
          : parts.advice
              ?.replace(/, or send fewer rows/, '')
              .replace(/the address of the service/g, 'the address of the storage account')
              .replace(/\b([Aa]) service\b/g, '$1 storage account');
  return new StorageFailed(safe({ ...parts, advice, actions }, context.guard));
}

type StorageMessages = Pick<ErrorParts, 'sentence' | 'advice'> & { readonly actions?: readonly ErrorAction[] };

function messagesOf(fault: StorageFault, context: StorageContext): StorageMessages {
  const { host, container = '', blob = '' } = context;
  const secret = context.usesToken ? 'token' : 'account key';
  switch (codeOf(fault) ?? '') {
    case authenticationFailed:
    case 'InvalidAuthenticationInfo':
    case 'NoAuthenticationInformation':
      return notAccepted(fault, context, secret);
    case 'AuthorizationFailure':
    case 'AuthorizationSourceIPMismatch':
      return {
        sentence: `The storage account at ${host} does not let this call in.`,
        advice: `Its network rules may leave out this computer's address, or the ${secret} does not cover this.`,
      };
    case 'AuthorizationPermissionMismatch':
    case 'AuthorizationResourceTypeMismatch':
    case 'AuthorizationServiceMismatch':
    case 'InsufficientAccountPermissions':
      return {
        sentence: `The ${secret} for ${host} does not permit this${blob === '' ? '' : ` with "${container}/${blob}"`}.`,
        advice: 'A token for a container needs the permissions to read, create, write, delete and list.',
      };
    case 'AuthorizationProtocolMismatch':
      return { sentence: `The token for ${host} does not permit this way of connecting.`, advice: 'Use a token for https.' };
    case 'KeyBasedAuthenticationNotPermitted':
      return {
        sentence: `The storage account at ${host} does not allow account keys.`,
        advice: 'Add one of its containers by a token instead (a SAS signed by a user delegation key), or have the account allow keys.',
      };
    case 'ContainerNotFound':
      return { sentence: `There is no container "${container}" at ${host}.`, advice: 'Check its name, or choose another container.' };
    case 'BlobNotFound':
    case 'ResourceNotFound':
      return {
        sentence: blob === '' ? `Nothing is there at ${host}.` : `There is no blob "${container}/${blob}" at ${host}.`,
        advice: 'It may have been deleted or moved.',
      };
    case 'ContainerBeingDeleted':
      return {
        sentence: `The container "${container}" is being deleted.`,
        advice: 'Wait half a minute and try again, or choose another container.',
        actions: ['retry'],
      };
    case 'BlobAlreadyExists':
      return {
        sentence: `There is a blob "${container}/${blob}" already.`,
        advice: 'It was left as it is. Choose another name, or say that it may be overwritten.',
      };
    case 'ConditionNotMet':
      return { sentence: `The blob "${container}/${blob}" was changed by somebody else meanwhile.`, advice: 'Look at it again.' };
    case 'AccountIsDisabled':
      return {
        sentence: `The storage account at ${host} is disabled.`,
        advice: 'Its owner has to enable it; a subscription that is not paid disables its accounts.',
      };
    case 'InvalidResourceName':
    case 'OutOfRangeInput':
      return {
        sentence: `Storage does not accept the name "${blob === '' ? container : `${container}/${blob}`}".`,
        advice: 'Names of containers have 3 to 63 lower-case letters, digits and single dashes.',
      };
    case 'LeaseIdMissing':
    case 'LeaseIdMismatchWithBlobOperation':
      return {
        sentence: `The blob "${container}/${blob}" is leased by somebody else.`,
        advice: 'Choose another name, or wait until the lease ends.',
      };
    case 'BlobImmutableDueToPolicy':
      return {
        sentence: `A policy of its container does not let "${container}/${blob}" be changed.`,
        advice: 'Choose another name or container.',
      };
    case 'PublicAccessNotPermitted':
      return { sentence: `The storage account at ${host} allows no access without a key or token.`, advice: undefined };
    default:
      if (fault.status === 404)
        return {
          sentence: blob === '' ? `Nothing is there at ${host}.` : `There is no blob "${container}/${blob}" at ${host}.`,
          advice: 'It may have been deleted or moved.',
        };
      if (fault.status === 429 || fault.status === 503)
        return { sentence: `The storage at ${host} is busy.`, advice: 'Try again in a minute.', actions: ['retry'] };
      if (fault.status >= 500)
        return { sentence: `The storage at ${host} failed (${fault.status}).`, advice: 'Try again.', actions: ['retry'] };
      if (fault.status >= 300 && fault.status < 400)
        return { sentence: `${host} answers with a redirect, which is not followed.`, advice: 'Check the address of the storage account.' };
      return { sentence: `The storage at ${host} refused the call (${fault.status}).`, advice: 'Its own words are below.' };
  }
}

/** How far clocks may be apart: storage refuses requests that are older. */
const mostSkewMs = 15 * 60_000;

function notAccepted({ date }: StorageFault, { host, now, usesToken }: StorageContext, secret: string): StorageMessages {
  const skewMs = now - (date ?? now);
  if (Math.abs(skewMs) >= mostSkewMs) {
    return {
      sentence:
        `The storage at ${host} does not accept the ${secret}: the clock of this computer is ${Math.round(Math.abs(skewMs) / 60_000)} ` +
        `minutes ${skewMs > 0 ? 'fast' : 'slow'}.`,
      advice: 'Set the clock, then try again.',
      actions: ['retry'],
    };
  }
  return {
    sentence: `The storage at ${host} does not accept the ${secret}.`,
    advice:
      `${usesToken ? 'Copy the whole token again.' : 'Copy the connection string again; keys may have been renewed.'} If it is right, ` +
      'check the clock of this computer.',
  };
}

/** Storage has several codes for a token that is too old. */
function isExpired({ status, date }: StorageFault, { usesToken, tokenExpiry: expiry, now }: StorageContext): boolean {
  return status === 403 && usesToken && expiry !== undefined && expiry <= (date ?? now);
}

function expiredMessages({ host, tokenExpiry: expiry = 0 }: StorageContext): StorageMessages {
  return {
    sentence: `The token for ${host} expired on ${new Date(expiry).toISOString().slice(0, 16).replace('T', ' at ')} (UTC).`,
    advice: "Get a new token; for results of a job, ask for the job's status again.",
  };
}

const authenticationFailed = 'AuthenticationFailed';

/** A 403 without a code is still one. */
function codeOf({ code, status }: StorageFault): string | undefined {
  return code ?? (status === 403 ? authenticationFailed : undefined);
}

function safe(parts: ErrorParts, guard: Redactor): ErrorParts {
  const text = (value: string) => maskWords(guard.text(value));
  const { sentence, detail, advice } = parts;
  return {
    ...parts,
    sentence: text(sentence),
    ...(detail === undefined ? {} : { detail: text(detail) }),
    ...(advice === undefined ? {} : { advice: text(advice) }),
  };
}
