// What Azure Resource Manager refuses -> an error that a person may read: one sentence, advice, buttons, and its own words without secrets.

import * as l10n from '@vscode/l10n';
import { beginningOfText } from '../base/cutText';
import { isArray, isObject, tryParse, tryStringify } from '../base/shape';
import { ArmFailed, type ArmSaid, type ErrorParts } from '../model/errors';
import type { ArmReason } from '../model/armReason';
import type { NetworkFailure } from '../model/wire';
import { looksSecret, maskWords, redactor } from '../redaction';
import { readFault, reasonOf, type ArmFault } from './armFault';
import { foreignParts, networkParts, partsOf, strangeParts, type ArmSubject, type StrangeAnswer } from './armMessages';

/** An answer that says no. */
export interface ArmRefusal {
  readonly status: number;
  readonly text: string;
}

/** The other side's words are shown up to this length, in UTF-16 units. */
const longestDetail = 800;

/** The error for an answer that says no. `secrets` must not be seen, should the other side repeat them. */
export function armRefused({ status, text }: ArmRefusal, subject: ArmSubject, secrets: readonly string[]): ArmFailed {
  const fault = readFault(text);
  const reason = reasonOf(status, fault);
  return failed(partsOf(reason, status, fault, subject), reason, secrets, detailOf(status, reason, fault), status, fault);
}

/** The error for a long operation that ended as it should not, with HTTP 200. */
export function armEndedBadly(
  { status, body }: { readonly status: number; readonly body: unknown }, subject: ArmSubject, secrets: readonly string[],
): ArmFailed {
  const fault = readFault(tryStringify(body) ?? '');
  const told = reasonOf(400, fault);
  const reason = told === 'invalid' ? 'other' : told;
  return failed(partsOf('other', status, fault, subject), reason, secrets, detailOf(status, reason, fault), status, fault);
}

/** The error where no answer came. `timeoutMs` is the limit that the call had, in milliseconds. */
export function armUnreached(failure: NetworkFailure, timeoutMs: number, subject: ArmSubject, secrets: readonly string[]): ArmFailed {
  const parts = networkParts(failure, timeoutMs, subject);
  return failed(parts, 'network', secrets, parts.detail);
}

/** The error for an address of another host, to which nothing is sent. */
export function armForeign(own: string, other: string): ArmFailed {
  return failed(foreignParts(own, other), 'foreignHost', [], undefined);
}

/** The error for an answer that says yes and cannot be used. */
export function armStrange(kind: StrangeAnswer, subject: ArmSubject, status?: number): ArmFailed {
  return failed(strangeParts(kind, subject), kind === 'notThere' ? 'notFound' : 'other', [], undefined, status);
}

function failed(
  parts: ErrorParts, reason: ArmReason, secrets: readonly string[], detail: string | undefined, status?: number,
  fault: ArmFault = { details: [] },
): ArmFailed {
  const guard = redactor(secrets);
  const { code } = fault;
  const clean = (text: string): string | undefined => shortened(maskWords(guard.text(text)));
  const sentence = guard.text(parts.sentence);
  const said = (fault.details.length > 0 ? fault.details : [fault]).flatMap(({ target, message }): ArmSaid[] => {
    const words = message === undefined ? undefined : clean(message);
    return words === undefined ? [] : [{ target: target === undefined ? undefined : clean(target), message: words }];
  });
  return new ArmFailed(
    { ...parts, sentence, detail: detail === undefined ? undefined : clean(detail) }, reason, status,
    code === undefined ? undefined : guard.text(code), said,
  );
}

function shortened(text: string): string | undefined {
  const cut = beginningOfText(text, longestDetail);
  return cut === '' ? undefined : cut.length < text.length ? `${cut}…` : cut;
}

/** The other side's own words. Those on throttling name ids of accounts and tell nothing. */
function detailOf(status: number, reason: ArmReason, { code, message, target, details }: ArmFault): string {
  if (reason === 'throttled') return code ?? l10n.t('HTTP {0}', String(status));
  const lines = [
    { code, target, message },
    ...details.map((each) => ({ target: each.target, message: each.message, code: each.message === undefined ? each.code : undefined })),
  ];
  const said = lines.map((line) => [line.code, line.target, line.message].filter((part) => part !== undefined).join(': '));
  return said.filter((line) => line !== '').join('\n') || l10n.t('HTTP {0}', String(status));
}

/** Longer texts are policies and documents, but for what is said to be a secret. In UTF-16 units. */
const longestSecret = 1_024;

/** Texts of a body that must not be shown, should a refusal repeat them: values of secret named values, keys, passwords. */
export function secretsIn(body: unknown): string[] {
  const found: string[] = [];
  const open: { readonly name: string; readonly value: unknown; readonly hidden: boolean }[] = [{ name: '', value: body, hidden: false }];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { name, value, hidden } = each;
    if (typeof value === 'string') {
      if (hidden || (value.length <= longestSecret && looksSecret(name, value))) found.push(value);
    } else if (isArray(value)) {
      for (const inner of value) open.push({ name, value: inner, hidden });
    } else if (isObject(value)) {
      const secret = value['secret'] === true;
      for (const [key, inner] of Object.entries(value)) open.push({ name: key, value: inner, hidden: secret && key === 'value' });
    }
  }
  return found;
}

/** The JSON of an answer's text, or undefined where it is none. */
export function jsonOf(text: string): unknown {
  return tryParse(text.replace(/^\uFEFF/, ''));
}
