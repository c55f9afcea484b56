// The calls for one policy: always as rawxml, both ways, and never without the version that a change is based on.

import * as l10n from '@vscode/l10n';
import { filledText } from '../../../base/shape';
import type { Arm, ArmAnswer, ArmOptions, ArmWriteOptions } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import type { ApimInstance } from '../instance';
import { instanceTitle } from '../nodes';
import { full, propertiesOf, readPolicyAt } from '../publish/reading';

/** A policy as it is at the service; without a policy both are empty. */
export interface PolicyVersion {
  readonly etag: string;
  readonly text: string;
}

/** Where the policy is asked for. */
export interface PolicyPlace {
  readonly arm: Arm;
  readonly instance: ApimInstance;
  /** Below the instance. */
  readonly path: string;
  readonly options: ArmOptions;
}

/** What is there when there is none. */
export const noPolicy: PolicyVersion = { etag: '', text: '' };

/** Reads a policy. Throws ArmFailed, also where the service tells of no version: what is based on it could overwrite anything. */
export async function readPolicyThere(place: PolicyPlace): Promise<PolicyVersion> {
  const there = await readPolicyAt(place, place.path);
  if (there === undefined) return noPolicy;
  const etag = filledText(there.etag);
  if (etag === undefined || there.body.kind !== 'policy') throw noVersion(place.instance);
  return { etag, text: there.body.text };
}

/** The error where the service tells of no version of a policy: nothing could guard a change that is based on it. */
export function noVersion(instance: ApimInstance): ArmFailed {
  return new ArmFailed({
    sentence: l10n.t('{0} tells of no version (ETag) of this policy.', instanceTitle(instance)),
    advice: l10n.t('Without it, a change could overwrite what somebody else has written. Edit the policy in the portal.'),
    actions: ['openPortal'],
  }, 'other');
}

/** True where a first policy was written over another one: what is made is answered by 201. No header of ARM would have kept it. */
export function hasReplaced({ status }: Pick<ArmAnswer, 'status'>, isFirst: boolean): boolean {
  return isFirst && status === 200;
}

/** What a write has made. */
export interface WrittenPolicy {
  readonly version: PolicyVersion;
  /** True where there was to be none yet, and one was overwritten that was made elsewhere at that moment. */
  readonly replaced: boolean;
}

/** Writes a policy over the version that is named, or the first one where that is empty. Gives what the service made of it. */
export async function writePolicy(place: PolicyPlace, text: string, base: string): Promise<WrittenPolicy> {
  const options: ArmWriteOptions = { ...place.options, ...(base === '' ? {} : { ifMatch: base }) };
  const answer = await place.arm.put(full(place, place.path), { properties: { format: 'rawxml', value: text } }, options);
  const etag = filledText(answer.etag);
  const { format, value } = propertiesOf(answer.body);
  // The answer has the form that was sent; one that tells less is asked for again.
  const isWhole = etag !== undefined && format === 'rawxml' && typeof value === 'string';
  return { version: isWhole ? { etag, text: value } : await readPolicyThere(place), replaced: hasReplaced(answer, base === '') };
}

/** Deletes the version of a policy that is named. */
export async function deletePolicy(place: PolicyPlace, etag: string): Promise<void> {
  await place.arm.delete(full(place, place.path), { ...place.options, ifMatch: etag });
}
