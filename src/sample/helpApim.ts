// What `--help` prints about Sample API Management.

import { instanceId, samplePlace } from './apim/place';

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
  Known, at api-version 2024-05-01: the instance, checkNameAvailability, apis (OpenAPI 3 as JSON is imported; revisions, releases),
  operations, schemas, policies, products and their apis, subscriptions, namedValues, users, reports. /subscriptions and /tenants are at
  2022-12-01.

  POST {endpoint}/sample/faults with {"fault":NAME} makes the next call go wrong. More members: "match" (part of the path), "method",
  "count" (how many calls, 1), "ms" (for slow, 1000). Several at once: {"faults":[...]}. GET shows what is pending, DELETE forgets it.
    longPoll         3 kB addresses with signatures to ask at, a new one with each answer
    poll404          404 to the question for the state of a long operation, once, as if the API were not there
    pollError        the long operation fails: 400 to the question, and what it did is taken back
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
    reader           the permissions are those of a reader
  GET {endpoint}/sample/calls gives the last calls with their statuses, DELETE forgets them.
`;

