// Errors of Node, OpenSSL and undici and the kinds of failure they stand for.

import { describe, expect, it } from 'vitest';
import { networkFailure, ProxyError, TransportError } from '../../../src/http/networkFailure';

const route = { host: 'a.test:443' };

function coded(code: string | undefined, message = 'words'): Error {
  return Object.assign(new Error(message), { code });
}

describe('a code stands for a kind', () => {
  it.each([
    ['ENOTFOUND', 'dns'], ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'unreachable'], ['ENETUNREACH', 'unreachable'],
    ['ECONNRESET', 'reset'], ['EPIPE', 'reset'], ['UND_ERR_SOCKET', 'reset'], ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reset'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'], ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'], ['CERT_HAS_EXPIRED', 'tls'], ['CERT_NOT_YET_VALID', 'tls'], ['CERT_REVOKED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'], ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'], ['EPROTO', 'tls'], ['HOSTNAME_MISMATCH', 'tls'],
    ['ETIMEDOUT', 'timeout'], ['UND_ERR_CONNECT_TIMEOUT', 'timeout'], ['CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_INVALID_ARG', 'protocol'], ['UND_ERR_HEADERS_OVERFLOW', 'protocol'], ['Z_DATA_ERROR', 'protocol'],
    ['ERR__ERROR_FORMAT_PADDING_1', 'protocol'],
    ['ANSWER_TOO_LARGE', 'tooLarge'], ['ERR_BUFFER_TOO_LARGE', 'tooLarge'],
    ['ABORT_ERR', 'cancelled'], ['UND_ERR_DESTROYED', 'cancelled'],
    ['ENOTHING', 'other'],
  ])('%s: %s', (code, kind) => {
    expect(networkFailure(coded(code), route)).toEqual({ kind, code, host: 'a.test:443', message: 'words' });
  });

  it('also where the words decide', () => {
    expect(networkFailure(coded('UND_ERR_SOCKET', 'other side closed'), route).kind).toBe('reset');
    expect(networkFailure(coded('UND_ERR_SOCKET', 'bad response'), route).kind).toBe('protocol');
  });

  it('that undici\'s parser leaves out is made up for', () => {
    const parserError = (message: string) => Object.assign(coded(undefined, message), { name: 'HTTPParserError' });
    expect(networkFailure(parserError('Response does not match the HTTP/1.1 protocol (Invalid EOF state)'), route)).toMatchObject({ kind: 'reset', code: 'ANSWER_CUT_SHORT' });
    expect(networkFailure(parserError('Response does not match the HTTP/1.1 protocol (Expected HTTP/)'), route)).toMatchObject({ kind: 'protocol', code: 'ANSWER_NOT_HTTP' });
  });
});

describe('what has no code', () => {
  it.each([new Error('words'), 'words'])('is of the other kind', (error) => {
    expect(networkFailure(error, route)).toEqual({ kind: 'other', host: 'a.test:443', message: 'words' });
  });

  it('and no words says so', () => {
    expect(networkFailure(new Error(''), route).message).toBe('The network gave no reason.');
    expect(networkFailure(coded('ECONNRESET', ''), route).message).toBe('ECONNRESET');
  });
});

it('advice on how to start Node is left out', () => {
  const error = coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify; if the root CA is installed locally, try running Node.js with --use-system-ca');
  expect(networkFailure(error, route).message).toBe('unable to verify');
});

describe('several attempts', () => {
  it.each([
    [['ENETUNREACH', 'ECONNREFUSED'], 'ECONNREFUSED'],
    [['ECONNREFUSED', 'ENETUNREACH'], 'ECONNREFUSED'],
    [['ETIMEDOUT', 'ENETUNREACH'], 'ENETUNREACH'],
    [['ETIMEDOUT', 'ETIMEDOUT'], 'ETIMEDOUT'],
  ])('%s come down to %s', (codes, told) => {
    const error = Object.assign(new AggregateError(codes.map((code) => coded(code, `connect ${code}`)), ''), { code: codes[0] });
    expect(networkFailure(error, route)).toMatchObject({ code: told, message: `connect ${told}` });
  });

  it('of which nothing is known are of the other kind', () => {
    expect(networkFailure(new AggregateError([], ''), route).kind).toBe('other');
  });
});

describe('the route', () => {
  it('names the proxy, and a proxy\'s error is of its kind whatever its code', () => {
    const through = { host: 'a.test:443', proxy: 'office.test:3128' };
    expect(networkFailure(coded('ECONNRESET'), through)).toMatchObject({ kind: 'reset', proxy: 'office.test:3128' });
    expect(networkFailure(new ProxyError('ECONNREFUSED', 'words'), through)).toEqual({
      kind: 'proxy', code: 'ECONNREFUSED', host: 'a.test:443', proxy: 'office.test:3128', message: 'words',
    });
    expect(networkFailure(new TransportError('ENCODING_UNKNOWN', 'words'), through).kind).toBe('protocol');
  });
});

it('remarks on certificates are added to failures of TLS alone', () => {
  expect(networkFailure(coded('CERT_UNTRUSTED'), route, ['x.pem is broken', 'y.pem is gone']).message).toBe('words (x.pem is broken; y.pem is gone)');
  expect(networkFailure(coded('ECONNRESET'), route, ['x.pem is broken']).message).toBe('words');
});
