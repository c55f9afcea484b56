// Errors of Azure Resource Manager in all their shapes: read without loss, told in one sentence, never without words.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armEndedBadly, armRefused, secretsIn } from '../../../src/arm/armErrors';
import { provisioningStateOf, readFault, reasonOf } from '../../../src/arm/armFault';
import type { ArmSubject } from '../../../src/arm/armMessages';

const subject: ArmSubject = { name: 'contoso/apis/weather', kind: 'write', host: 'arm.example.test' };

describe('a fault', () => {
  it.each<[string, unknown, object]>([
    ['an error', { error: { code: 'A', message: 'Wrong.' } }, { code: 'A', message: 'Wrong.', details: [] }],
    ['details null', { error: { code: 'A', message: 'Wrong.', details: null, innerError: null } }, { code: 'A', message: 'Wrong.', details: [] }],
    ['a list of details', { error: { code: 'A', message: 'Wrong.', details: [{ code: 'B', target: 'path', message: 'Taken.' }, 7, {}] } },
      { code: 'A', message: 'Wrong.', details: [{ code: 'B', target: 'path', message: 'Taken.' }] }],
    ['one detail', { error: { code: 'A', message: 'Wrong.', details: { message: 'Taken.' } } }, { details: [{ message: 'Taken.' }] }],
    ['details of details', { error: { code: 'A', details: [{ details: [{ message: 'Deep.' }] }] } }, { code: 'A', details: [{ message: 'Deep.' }] }],
    ['an inner error', { error: { code: 'A', message: 'Wrong.', innererror: { code: 'C', message: 'Inner.' } } }, { details: [{ code: 'C', message: 'Inner.' }] }],
    ['JSON as text in the message', { code: 'Conflict', message: JSON.stringify({ error: { code: 'Real', message: 'Why.', details: null } }, null, 2) },
      { code: 'Real', message: 'Why.', details: [] }],
    ['what only looks like JSON', { error: { code: 'A', message: '{0} is not set' } }, { code: 'A', message: '{0} is not set' }],
    ['other case', { Error: { Code: 'A', Message: 'Wrong.' } }, { code: 'A', message: 'Wrong.' }],
    ['no outer member', { code: 'A', message: 'Wrong.' }, { code: 'A', message: 'Wrong.' }],
    ['a message with its language', { 'error': { code: 'A', message: { lang: 'en', value: 'Wrong.' } } }, { code: 'A', message: 'Wrong.' }],
    ['words of a token service', { error: 'invalid_token', error_description: 'Expired.' }, { code: 'invalid_token', message: 'Expired.' }],
    ['a text', 'Wrong.', { message: 'Wrong.' }],
  ])('is read from %s', (_name, body, fault) => {
    expect(readFault(JSON.stringify(body))).toMatchObject(fault);
    expect(readFault(`\uFEFF\r\n${JSON.stringify(body, null, 2)}\n`)).toMatchObject(fault);
  });

  it.each(['', '  ', '\uFEFF', '<html><body>Sign in</body></html>', 'null', '[]', '{}', '{"error":{}}', '7'])('says nothing in %j', (text) => {
    expect(readFault(text)).toEqual({ details: [] });
  });

  it('is read from plain words', () => {
    expect(readFault('The service is unavailable.')).toEqual({ message: 'The service is unavailable.', details: [] });
  });

  it('is told in one sentence with its own words, whatever the body', () => {
    const named = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.json().map((json) => JSON.stringify({ error: { message: json, details: [{ message: json }] } })));
    const status = fc.constantFrom(300, 400, 401, 403, 404, 409, 412, 418, 422, 429, 500, 503);
    const kind = fc.constantFrom('read', 'write', 'ask');
    fc.assert(fc.property(named, status, kind, (text, code, asked) => {
      const error = armRefused({ status: code, text }, { ...subject, kind: asked }, ['a-secret-of-somebody']);
      expect(error.message.trim()).not.toBe('');
      expect(error.message).not.toMatch(/[\n{]/);
      expect(error.advice).toMatch(/\S/);
      expect(error.actions.length).toBeGreaterThan(0);
      expect(error.detail?.length ?? 0).toBeLessThan(810);
      expect(armEndedBadly({ status: 200, body: text }, subject, []).message).toMatch(/\S/);
    }));
  });

  it('is read however deep it is nested', () => {
    for (const [open, close] of [['[', ']'], ['{"error":', '}'], ['{"details":[', ']}'], ['{"message":{"value":', '}}']] as const) {
      const text = `${open.repeat(50_000)}1${close.repeat(50_000)}`;
      expect(armRefused({ status: 400, text }, subject, []).message).toMatch(/\S/);
    }
    let text = 'deep';
    for (let depth = 0; depth < 8; depth++) text = JSON.stringify({ error: { code: `C${depth}`, message: text } });
    expect(readFault(text).code).toBe('C3');
  });
});

describe('the reason', () => {
  it.each([
    [400, 'ValidationError', 'x', 'invalid'], [400, 'InvalidOperation', 'API Management service is activating', 'activating'],
    [400, 'ActivationFailed', 'Unable to activate', 'invalid'], [401, '', '', 'signIn'], [403, 'AuthorizationFailed', '', 'forbidden'],
    [404, 'ResourceGroupNotFound', '', 'notFound'], [409, 'PessimisticConcurrencyConflict', '', 'busy'], [409, 'ScopeLocked', 'in progress', 'locked'],
    [409, 'Conflict', 'is transitioning at this time', 'busy'], [409, 'Conflict', 'exists', 'invalid'], [409, 'MissingSubscriptionRegistration', '', 'notRegistered'],
    [412, 'ValidationError', '', 'changed'], [400, 'PreconditionFailed', '', 'changed'], [422, 'ManagementApiRequestFailed', '', 'busy'],
    [422, '', '', 'invalid'], [429, '', '', 'throttled'], [500, '', '', 'server'], [408, '', '', 'server'], [418, '', '', 'other'],
  ] as const)('of %s %s "%s" is %s', (status, code, message, reason) => {
    expect(reasonOf(status, { code, message, details: [] })).toBe(reason);
  });
});

describe('the sentence', () => {
  const told = (status: number, code: string, kind: ArmSubject['kind'] = 'write') =>
    armRefused({ status, text: JSON.stringify({ error: { code, message: 'words' } }) }, { ...subject, kind }, []);

  it.each([
    [403, 'AuthorizationFailed', 'read', '"Reader"', 'signIn'], [403, 'AuthorizationFailed', 'write', '"API Management Service Contributor"', 'signIn'],
    [403, 'AuthorizationFailed', 'ask', '"API Management Service Contributor"', 'signIn'], [403, 'RequestDisallowedByPolicy', 'write', 'Azure Policy', 'openPortal'],
    [403, 'ReadOnlyDisabledSubscription', 'write', 'disabled or read-only', 'openPortal'], [401, 'ExpiredAuthenticationToken', 'read', 'arm.example.test', 'signIn'],
    [409, 'MissingSubscriptionRegistration', 'write', 'not registered', 'registerProvider'], [412, 'PreconditionFailed', 'write', 'changed by somebody else', 'retry'],
    [409, 'ScopeLocked', 'write', 'A lock', 'openPortal'], [429, 'X', 'read', 'no more calls', 'retry'], [500, 'X', 'read', 'HTTP 500', 'retry'],
    [409, 'ServiceAlreadyExistsInSoftDeletedState', 'write', 'deleted instance', 'openPortal'], [400, 'ActivationFailed', 'write', 'could not activate', 'openPortal'],
    [422, 'ManagementApiRequestFailed', 'write', 'cannot be reached from within Azure', 'retry'], [409, 'PessimisticConcurrencyConflict', 'write', 'busy', 'retry'],
    [418, 'Not\na code', 'write', 'failed (HTTP 418)', 'retry'], [418, 'Teapot', 'write', 'Teapot', 'retry'], [404, 'X', 'read', 'contoso/apis/weather is not there', 'retry'],
  ] as const)('of %s %s (%s) names %s and offers %s', (status, code, kind, words, action) => {
    const error = told(status, code, kind);
    expect(error.message).toContain(words);
    expect(error.actions[0]).toBe(action);
  });

  it('has the details in the words of the other side, and no secret', () => {
    const text = JSON.stringify({ error: { code: 'V', message: 'Wrong:', details: [{ code: 'V', target: 'path', message: 'with my-own-secret-1 or AccountKey=abcDEF123ghiJKL456' }] } });
    const { detail } = armRefused({ status: 400, text }, subject, ['my-own-secret-1']);
    expect(detail).toMatch(/^V: Wrong:\npath: with •+ or AccountKey=•+$/);
    expect(armRefused({ status: 400, text: '' }, subject, []).detail).toBe('HTTP 400');
  });
});

describe('what is looked at besides', () => {
  it('secrets of a body are found', () => {
    expect(secretsIn({ properties: { displayName: 'n', secret: true, value: 'one two' } })).toEqual(['one two']);
    expect(secretsIn({ properties: { displayName: 'n', secret: false, value: 'one two' } })).toEqual([]);
    expect(secretsIn({ properties: { primaryKey: 'abcdefgh1' }, list: [{ password: 'p-1' }] }).sort()).toEqual(['abcdefgh1', 'p-1']);
    expect(secretsIn(undefined)).toEqual([]);
  });

  it('the state of a resource', () => {
    expect(provisioningStateOf({ properties: { provisioningState: 'Created' } })).toBe('Created');
    expect(provisioningStateOf({ provisioningState: 'Created' })).toBe('Created');
    expect([provisioningStateOf({ properties: { provisioningState: 7 } }), provisioningStateOf(null), provisioningStateOf([])]).toEqual([undefined, undefined, undefined]);
  });
});
