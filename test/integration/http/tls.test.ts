// Which certificates are trusted, and what is said about those that are not.

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerOf, failureOf, send, settings, textOf, transport } from './calls';
import { certificateFile, identity, startHttp } from './servers';

const ca = certificateFile('ca.pem');

async function startSecure(...which: Parameters<typeof identity>): Promise<string> {
  const { port } = await startHttp((request, response) => void response.end(String((request.socket as TLSSocket).alpnProtocol)), identity(...which));
  return `https://127.0.0.1:${port}/`;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'trust-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('a private authority', () => {
  it('is trusted when a variable names its file', async () => {
    const url = await startSecure('server');
    for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
      expect(textOf(await answerOf(send(transport({ environment: { [name]: ca } }), url)))).toBe('http/1.1');
    }
  });

  it('is trusted when a variable names a folder that holds it among other things', async () => {
    const [first, second] = [folder(), folder()];
    writeFileSync(join(second, 'notes.txt'), 'nothing of use');
    copyFileSync(ca, join(second, 'office.crt'));
    const over = transport({ environment: { SSL_CERT_DIR: [first, join(first, 'missing'), second].join(delimiter) } });
    expect((await answerOf(send(over, await startSecure('server')))).status).toBe(200);
  });

  it('is not trusted otherwise, with and without the system\'s list', async () => {
    const url = await startSecure('server');
    for (const systemCertificates of [false, true]) {
      expect(await failureOf(send(transport({ environment: {}, systemCertificates }), url))).toMatchObject({
        kind: 'tls', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', message: 'unable to verify the first certificate',
      });
    }
    expect(await failureOf(send(transport({ environment: {} }), await startSecure('server', true)))).toMatchObject({ kind: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  });

  it('is accepted unseen when strict checking is off, for that transport alone', async () => {
    const url = await startSecure('server');
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    expect((await answerOf(send(transport({ environment: {}, strictSsl: false }), url))).status).toBe(200);
    expect(await failureOf(send(transport({ environment: {} }), url))).toMatchObject({ kind: 'tls' });
    expect(process.env['NODE_TLS_REJECT_UNAUTHORIZED']).toBe(before);
  });
});

describe('a file of certificates that cannot be used', () => {
  it('is left out, and the others still count', async () => {
    const broken = join(folder(), 'broken.pem');
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const over = transport({ environment: { NODE_EXTRA_CA_CERTS: broken, SSL_CERT_FILE: ca, SSL_CERT_DIR: '/missing/folder' } });
    expect((await answerOf(send(over, await startSecure('server')))).status).toBe(200);
  });

  it.each([
    ['broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'holds a certificate that cannot be read'],
    ['empty.pem', 'nothing', 'holds no certificate'],
    ['missing.pem', undefined, 'could not be read: ENOENT'],
  ])('is named where TLS fails (%s)', async (name, text, reason) => {
    const path = join(folder(), name);
    if (text !== undefined) writeFileSync(path, text);
    const failure = await failureOf(send(transport({ environment: { NODE_EXTRA_CA_CERTS: path } }), await startSecure('server')));
    expect(failure).toMatchObject({ kind: 'tls', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(failure.message).toContain(`${path} ${reason}`);
  });
});

describe('a certificate that is wrong', () => {
  it('because it has expired', async () => {
    expect(await failureOf(send(transport(), await startSecure('expired')))).toMatchObject({ kind: 'tls', code: 'CERT_HAS_EXPIRED' });
  });

  it('because it is for another name', async () => {
    const failure = await failureOf(send(transport(), (await startSecure('other-name')).replace('127.0.0.1', 'localhost')));
    expect(failure).toMatchObject({ kind: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(failure.message).toContain('other.example.test');
  });

  it('is looked at again by the next call', async () => {
    const url = await startSecure('expired');
    const over = transport();
    expect((await failureOf(send(over, url))).kind).toBe('tls');
    expect((await failureOf(send(over, url))).kind).toBe('tls');
  });
});

it('https to a server that speaks plain HTTP is a failure of TLS', async () => {
  const { port } = await startHttp((_request, response) => void response.end());
  expect(await failureOf(send(transport(), `https://127.0.0.1:${port}/`))).toMatchObject({ kind: 'tls', code: expect.stringMatching(/^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)$/) });
});

it('calls without TLS do not wait for certificates', async () => {
  const { port } = await startHttp((_request, response) => void response.end());
  const environment = Object.defineProperty({}, 'SSL_CERT_FILE', { get: () => { throw new Error('The certificates were read.'); } });
  expect((await answerOf(send(transport(settings({ environment })), `http://127.0.0.1:${port}/`))).status).toBe(200);
});
