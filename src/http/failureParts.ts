// Says what went wrong on the network in words for the person who asked, with what to do about it. Pure; does not load undici.

import type { ErrorParts } from '../model/errors';
import type { NetworkFailure } from '../model/wire';
import { isLoopback } from '../base/loopback';
import { sizeText } from '../base/size';
import { failureCode } from './networkFailure';

/** The parts to show for a failure. `timeoutMs` is the limit that the call had, in milliseconds. */
export function failureParts(failure: NetworkFailure, timeoutMs: number): ErrorParts {
  const detail = detailOf(failure);
  return { ...partsOf(failure, timeoutMs), ...(detail === '' ? {} : { detail }) };
}

function partsOf(failure: NetworkFailure, timeoutMs: number): ErrorParts {
  const { kind, host } = failure;
  switch (kind) {
    case 'dns':
      return dnsParts(failure);
    case 'refused':
      return {
        sentence: `${host} refused the connection.`,
        advice: isLoopback(nameOf(host))
          ? 'Check that the service on this computer is running and that the port in its address is right.'
          : 'Check the port in the address of the service. A firewall may also be in the way: ask whether this network may reach the host.',
        actions: ['retry', 'changeService', 'openNetworkSettings'],
      };
    case 'unreachable':
      return {
        sentence: `There is no way from this computer to ${host}.`,
        advice: 'Check that the network is up. A service inside a company network needs its VPN.',
        actions: ['retry', 'openNetworkSettings'],
      };
    case 'reset':
      return {
        sentence: `The connection to ${host} was closed before the answer was complete.`,
        advice:
          'Try again. If it happens each time, send fewer rows at once, or ask whether a firewall or gateway on the way ends long calls.',
        actions: ['retry', 'showLog'],
      };
    case 'tls':
      return tlsParts(failure);
    case 'proxy':
      return proxyParts(failure);
    case 'timeout':
      return timeoutParts(failure, timeoutMs);
    case 'cancelled':
      return { sentence: `The call to ${host} was cancelled.`, actions: ['retry'] };
    case 'tooLarge':
      return {
        sentence: excessSentence(failure),
        advice: 'Send fewer rows at once.',
        actions: ['showLog'],
      };
    case 'protocol':
      return protocolParts(failure);
    case 'other':
      return { sentence: `The call to ${host} failed.`, advice: 'Try again. The log has the details.', actions: ['retry', 'showLog'] };
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}

function excessSentence({ host, excess }: NetworkFailure): string {
  if (!excess) return `The answer of ${host} is too large.`;
  const limit = sizeText(excess.limitBytes);
  if (excess.receivedBytes === undefined) return `The answer of ${host} is too large: it is more than ${limit}.`;
  return `The answer of ${host} is too large: ${sizeText(excess.receivedBytes)} of it unpack to more than ${limit}.`;
}

function dnsParts({ host, code }: NetworkFailure): ErrorParts {
  const name = nameOf(host);
  if (code === 'EAI_AGAIN') {
    return {
      sentence: `The name "${name}" could not be looked up: the name service does not answer.`,
      advice: 'Check that the network is up, then try again. Behind a proxy, set "http.proxy".',
      actions: ['retry', 'openNetworkSettings'],
    };
  }
  return {
    sentence: `The name "${name}" could not be found.`,
    advice: 'Check the spelling of the address. A service inside a company network needs its VPN; behind a proxy, set "http.proxy".',
    actions: ['changeService', 'retry', 'openNetworkSettings'],
  };
}

const distrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

function tlsParts({ host, code = '' }: NetworkFailure): ErrorParts {
  if (distrusted.has(code)) {
    return {
      sentence: `The certificate of ${host} was issued by an authority that is not trusted here.`,
      advice: 'In a company network, ask IT for the certificate of the company\'s authority (CA) and install it on this computer; '
        + 'then turn on "http.systemCertificates" or name the file in NODE_EXTRA_CA_CERTS.',
      actions: ['openNetworkSettings', 'retry', 'showLog'],
    };
  }
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        sentence: `${host} shows a certificate that it has signed itself, so nobody vouches for it.`,
        advice: 'Ask whoever runs the service for its certificate and install it on this computer; then turn on "http.systemCertificates" '
          + 'or name the file in NODE_EXTRA_CA_CERTS.',
        actions: ['openNetworkSettings', 'retry', 'showLog'],
      };
    case 'CERT_HAS_EXPIRED':
      return {
        sentence: `The certificate of ${host} has expired.`,
        advice: 'Check the clock of this computer. If it is right, whoever runs the service has to renew the certificate.',
        actions: ['retry', 'showLog'],
      };
    case 'CERT_NOT_YET_VALID':
      return {
        sentence: `The certificate of ${host} is not valid yet.`,
        advice: 'Check the clock of this computer.',
        actions: ['retry', 'showLog'],
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return {
        sentence: `The certificate of ${host} belongs to another name.`,
        advice: 'Check the address of the service: it has to be one of the names in the certificate.',
        actions: ['changeService', 'showLog'],
      };
    case 'CERT_REVOKED':
      return {
        sentence: `The certificate of ${host} has been revoked.`,
        advice: 'Whoever runs the service has to replace it.',
        actions: ['showLog'],
      };
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return {
        sentence: `${host} does not speak TLS, or not a version that is accepted here.`,
        advice: 'Check the port in the address: https is usually on port 443.',
        actions: ['changeService', 'openNetworkSettings', 'showLog'],
      };
    default:
      return {
        sentence: `No secure connection to ${host} could be made.`,
        advice: 'The log has the reason. In a company network, check "http.proxy" and "http.systemCertificates".',
        actions: ['openNetworkSettings', 'retry', 'showLog'],
      };
  }
}

function proxyParts({ host, proxy, code = '' }: NetworkFailure): ErrorParts {
  const name = proxy === undefined ? 'The proxy' : `The proxy ${proxy}`;
  switch (code) {
    case failureCode.proxyAuthRequired:
      return {
        sentence: `${name} asks for a user name and password.`,
        advice: 'Put them into "http.proxy" (http://user:password@proxy:port), or the whole header into "http.proxyAuthorization".',
        actions: ['openNetworkSettings', 'retry'],
      };
    case failureCode.proxyRefused:
      return {
        sentence: `${name} refused to connect to ${host}.`,
        advice: 'Ask whether the proxy lets calls to this host through. If the host is to be reached directly, add it to "http.noProxy".',
        actions: ['openNetworkSettings', 'retry', 'showLog'],
      };
    case failureCode.proxyAddressInvalid:
      return {
        sentence: 'The address of the proxy cannot be used.',
        advice: 'Correct "http.proxy" or the variable HTTPS_PROXY: it looks like http://proxy.example.com:8080.',
        actions: ['openNetworkSettings'],
      };
    case failureCode.proxyUnsupported:
      return {
        sentence: 'This kind of proxy is not supported.',
        advice: 'Set "http.proxy" to an address that begins with http:// or https://.',
        actions: ['openNetworkSettings'],
      };
    default:
      return {
        sentence: `${name} could not be reached.`,
        advice:
          'Check "http.proxy" and the variables HTTPS_PROXY and HTTP_PROXY; outside the company network, "http.proxySupport" can be ' +
          'set to "off".',
        actions: ['openNetworkSettings', 'retry', 'showLog'],
      };
  }
}

function timeoutParts({ host, proxy, code = '' }: NetworkFailure, timeoutMs: number): ErrorParts {
  if (code === failureCode.answerTimeout || code === failureCode.bodyTimeout) {
    const what = code === failureCode.answerTimeout ? 'No answer' : 'No complete answer';
    return {
      sentence: `${what} from ${host} within ${duration(timeoutMs)}.`,
      advice:
        'Raise "azuremlWebServices.timeoutSeconds", or send fewer rows. A service that was not called for a while may need longer ' +
        'the first time.',
      actions: ['retry', 'openSettings'],
    };
  }
  // The operating system gives up by itself, with ETIMEDOUT and after a time of its own.
  const limit = code === failureCode.connectTimeout ? ` within ${duration(timeoutMs)}` : '';
  return {
    sentence: `No connection to ${host}${proxy === undefined ? '' : ` through the proxy ${proxy}`}${limit}.`,
    advice: 'A firewall may be in the way. A service inside a company network needs its VPN; behind a proxy, check "http.proxy".',
    actions: ['retry', 'openNetworkSettings', 'openSettings'],
  };
}

function protocolParts({ host, code = '', message }: NetworkFailure): ErrorParts {
  switch (code) {
    case failureCode.addressInvalid:
      return { sentence: 'The address of the service cannot be used.', advice: 'Correct the address.', actions: ['changeService'] };
    case failureCode.addressNotAllowed:
      return {
        sentence: `${host} is not called: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
        advice: 'Use the https address of the service, without a user name in it.',
        actions: ['changeService'],
      };
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      return {
        sentence: `The request to ${host} was not sent, because one of its headers is not allowed.`,
        advice: 'Check that the key holds no line breaks, and set it again.',
        actions: ['setServiceKey', 'showLog'],
      };
    default:
      return {
        sentence: `The answer of ${host} could not be understood.`,
        advice: 'Check that the address is that of a web service. A proxy or gateway on the way may also have changed the answer.',
        actions: ['changeService', 'retry', 'showLog'],
      };
  }
}

function detailOf({ kind, code, message }: NetworkFailure): string {
  if (kind === 'cancelled') return '';
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** A duration in words: 30 seconds, 1 second, 0.5 seconds, 5 minutes. */
function duration(ms: number): string {
  const [count, unit] = ms >= 120_000 && ms % 60_000 === 0 ? [ms / 60_000, 'minute'] : [ms / 1000, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
