// What `--help` prints about Sample API Management.

import { instanceId, samplePlace } from './apim/place';
import { usualCreationMs } from './apim/services/services';
import { skuNames } from './apim/services/tiers';

/** The part of the help about API Management. */
export const apimHelp = `Sample API Management
  With --api-management the sample also plays an Azure API Management instance: Azure Resource Manager (ARM) to define APIs with, and a
  gateway that serves them. It is no part of Azure, asks nothing of it and needs no account. The ready line has two more members:
    "arm":{"endpoint":"http://127.0.0.1:PORT","tokenFile":PATH,"subscriptionId":ID,
      "resourceGroup":"${samplePlace.resourceGroup}","service":"${samplePlace.service}"}
    "gateway":"http://127.0.0.1:PORT"
  Calls on ARM need the header Authorization with Bearer and the token. It is made up, and in a file that only you can read and that is
  removed at the end; with SAMPLE_ARM_TOKEN it is the value of that, and "tokenFile" is not there.
  With --folder and SAMPLE_ARM_TOKEN all that was made is kept in the folder, sealed by the token; else it is in memory only.
  It has what a new instance has: the products Starter (5 calls a minute, 100 a week) and Unlimited, and no API. The instance is
    ${instanceId}
  Known, at api-version 2024-05-01: instances, checkNameAvailability, deletedservices, apis (OpenAPI 3 as JSON is imported; revisions,
  releases), operations, schemas, policies, products and their apis, subscriptions, namedValues, users, reports. /subscriptions, their
  locations and /tenants are at 2022-12-01, resource groups and the provider at 2021-04-01.

  More instances can be made by PUT, in any resource group. Each has a gateway of its own, on another port of 127.0.0.1 that its gatewayUrl
  names. A creation takes ${usualCreationMs / 1000} seconds, or what --creation-seconds says, a deletion a quarter of that; a deleted instance
  can be had back for two days. The instance above cannot be deleted. All tiers but Consumption answer a creation with Location and
  Retry-After, that one with signed addresses and a status. Tiers: ${skuNames.join(', ')}.
  POST {endpoint}/sample/creation with {"seconds":N} says how long the next ones take, {"finish":true} ends at once what is under way;
  GET shows it, DELETE sets it back.

  POST {endpoint}/sample/faults with {"fault":NAME} makes the next call go wrong. More members: "match" (part of the path), "method",
  "count" (how many calls, 1), "ms" (for slow, 1000). Several at once: {"faults":[...]}. GET shows what is pending, DELETE forgets it.
    longPoll         3 kB addresses with signatures to ask at, a new one with each answer
    poll404          404 to the question for the state of a long operation, once, as if the API were not there
    pollError        the long operation fails: 400 to the question, and what it did is taken back; the instance is in state Failed
    foreignLocation  Location leads to another host
    foreignNextLink  nextLink of a list leads to another host
    conflict         409 PessimisticConcurrencyConflict to a write
    stale            412 to a write
    activating       400 InvalidOperation, as while an instance is being made
    unregistered     409 MissingSubscriptionRegistration
    throttle         429 with Retry-After 1
    expired          401 ExpiredAuthenticationToken
    forbidden        403 AuthorizationFailed
    empty404         404 without a body
    error500         500
    slow             the answer comes later
    cut              the call is carried out, and the connection is closed without an answer
    activationFails  the creation of an instance fails at its end: 400 ActivationFailed at its address
    reader           the permissions are those of a reader
  GET {endpoint}/sample/calls gives the last calls with their statuses, DELETE forgets them.
`;

