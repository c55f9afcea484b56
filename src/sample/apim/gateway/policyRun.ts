// Carries out the policies of a section, one after another; what it does not know it passes over and names.

import { cors } from './corsPolicy';
import { ExpressionFailed, NotUnderstood } from './expressions';
import { quota, quotaByKey, rateLimit, rateLimitByKey } from './limitPolicies';
import { returnResponse, rewriteUri, setBackendService, setHeader, setQueryParameter, setStatus } from './messagePolicies';
import { NamedValueMissing } from './namedValues';
import type { Section, Step } from './policies';
import type { PolicyCall } from './policyCall';
import { internalError, type OwnAnswer } from './refusal';

/** So many names of what was passed over are told; more do not help. */
const mostNames = 32;

/**
 * Runs a section; gives an answer where a policy ends the call with one. Throws Refusal: for a limit that is spent, an expression that
 * fails, a named value that is missing.
 */
export function runSection(section: Section, steps: readonly Step[], call: PolicyCall): OwnAnswer | undefined {
  for (const step of steps) {
    const { trace } = call;
    const { name } = step.element;
    const before = trace?.before(call);
    try {
      const answer = carryOut(section, step, call);
      if (before) trace?.ran(section, name, before, call, { kind: 'done', answer });
      if (answer) return answer;
    } catch (error) {
      if (!(error instanceof NotUnderstood)) {
        trace?.failed(name);
        throw failure(error, call, name);
      }
      call.passedOver.add(name);
      if (before) trace?.ran(section, name, before, call, { kind: 'passedOver' });
    }
  }
  return undefined;
}

/** What a policy has thrown, as the caller is to learn it. */
export function failure(error: unknown, { context }: PolicyCall, policy: string): unknown {
  if (error instanceof ExpressionFailed) {
    return internalError(context.requestId, `An expression of ${plainName(policy)} asks for what this call does not have.`);
  }
  if (error instanceof NamedValueMissing) {
    return internalError(context.requestId, `The named value ${error.message}, which a policy uses, is not there or has no value here.`);
  }
  return error;
}

function carryOut(section: Section, step: Step, call: PolicyCall): OwnAnswer | undefined {
  const { element } = step;
  const run = section === 'inbound' ? inbound[element.name] : undefined;
  if (run) return run(step, call) ?? undefined;
  switch (element.name) {
    case 'set-header':
      setHeader(element, section === 'inbound' || section === 'backend' ? call.headers : (call.answer?.headers ?? call.extra), call);
      return undefined;
    case 'return-response':
      return returnResponse(step, call);
    case 'forward-request':
      if (section !== 'backend') throw new NotUnderstood();
      return undefined;
    case 'set-status':
      setStatus(step, call);
      return undefined;
    default:
      throw new NotUnderstood();
  }
}

/** Those that stand in the inbound section alone. */
const inbound: Readonly<Record<string, (step: Step, call: PolicyCall) => OwnAnswer | undefined | void>> = {
  'rate-limit': rateLimit,
  'rate-limit-by-key': rateLimitByKey,
  quota,
  'quota-by-key': quotaByKey,
  'set-query-parameter': setQueryParameter,
  'rewrite-uri': rewriteUri,
  'set-backend-service': setBackendService,
  cors,
};

/** The header that names what was passed over, or undefined where nothing was. */
export function passedOverHeader(names: ReadonlySet<string>): string | undefined {
  if (names.size === 0) return undefined;
  return [...new Set([...names].slice(0, mostNames).map(plainName))].join(', ');
}

/** A name as it may stand in a header: elements can be named anything. */
function plainName(name: string): string {
  return /^[A-Za-z_][\w.-]{0,63}$/.test(name) ? name : 'unnamed';
}
