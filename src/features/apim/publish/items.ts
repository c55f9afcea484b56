// What a plan consists of, as plain data: what is made and changed, what was found, and what a person should know of it.

import type { ArmJson } from '../../../model/arm';
import type { ResourceKind } from '../definition/definition';
import type { PolicyLimit } from '../policy/limit';
import type { PartLeft, PolicyLeft } from '../policy/left';

/** What is to be done with a resource. A `conflict` can be nothing but decided. */
export type PlanAction = 'make' | 'change' | 'leave' | 'conflict';

/** What a resource holds: its properties, the text of a policy (rawxml), or nothing but that it is there. */
export type ItemBody =
  | { readonly kind: 'json'; readonly properties: ArmJson }
  | { readonly kind: 'policy'; readonly text: string }
  | { readonly kind: 'link' };

/** What a person should know of an item: a code with its facts. Words are made where it is shown. */
export type PlanNote =
  /** A secret is there and stays; nobody can see whether it is the service's key. */
  | { readonly code: 'secretKept' }
  /** A named value of this name is there, and everybody may read it. */
  | { readonly code: 'valueIsPlain' }
  | { readonly code: 'limitLeft'; readonly left: PolicyLeft }
  /** An element of the policy holds something else, which goes. */
  | { readonly code: 'partReplaced'; readonly element: string }
  | ({ readonly code: 'partLeft' } & PartLeft)
  /** Not all that is wanted can be put into the policy, so that a person has to choose it. */
  | { readonly code: 'policyPartly' }
  | { readonly code: 'pathTaken'; readonly path: string; readonly api: string; readonly callers: number }
  | { readonly code: 'notActive'; readonly state: string }
  /** A key of this id is for something else: scopes such as `/products/starter`, empty for all APIs. */
  | { readonly code: 'scopeMoves'; readonly from: string; readonly to: string }
  /** It came or changed after the plan was made, and was read again. */
  | { readonly code: 'changedMeanwhile' }
  /** It came after the plan was made, and is as it should be. */
  | { readonly code: 'madeMeanwhile' }
  | { readonly code: 'revision'; readonly revision: string };

/** A way out of a conflict. */
export interface PlanOffer {
  readonly kind: 'update' | 'revision';
  /** Last segment of the id of the API that is there. */
  readonly apiId: string;
  readonly name: string;
}

/** A resource, next to what is there. */
export interface PlanItem {
  /** Names it within its plan: its path as the definition has it. */
  readonly key: string;
  readonly kind: ResourceKind;
  readonly name: string;
  /** Below the instance. */
  readonly path: string;
  readonly action: PlanAction;
  readonly before?: ItemBody | undefined;
  readonly after?: ItemBody | undefined;
  /** Of what was there. */
  readonly etag?: string | undefined;
  /** Keys of what has to be there before it. */
  readonly dependsOn: readonly string[];
  readonly notes: readonly PlanNote[];
  readonly offers?: readonly PlanOffer[] | undefined;
  /** The value is asked for when it is written. */
  readonly secret?: 'serviceKey';
}

/** Where a limit is set that callers inherit. */
export type LimitSource = { readonly kind: 'product'; readonly name: string } | { readonly kind: 'allApis' };

/** What a person should know of the whole. */
export type PlanWarning =
  | { readonly code: 'inherited'; readonly from: LimitSource; readonly limit: PolicyLimit }
  /** Its policy makes no sense to its end, so there may be limits. */
  | { readonly code: 'notUnderstood'; readonly from: LimitSource }
  /** A product that is there is changed, and others have something in it or keys for it. */
  | { readonly code: 'sharedProduct'; readonly name: string; readonly apis: readonly string[] }
  /** The service is itself reached through the gateway of the instance. */
  | { readonly code: 'behindGateway' }
  /** Operations of the API that nobody has defined; they stay. */
  | { readonly code: 'operationsBeside'; readonly names: readonly string[] };

/** Items in an order in which each depends only on those before it. */
export interface Plan {
  readonly items: readonly PlanItem[];
  readonly warnings: readonly PlanWarning[];
}
