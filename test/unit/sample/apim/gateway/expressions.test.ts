// The expressions that the gateway understands, those that fail as in C#, and those that it leaves alone.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, ExpressionFailed, NotUnderstood, textValue, type ExpressionContext } from '../../../../../src/sample/apim/gateway/expressions';

const context: ExpressionContext = {
  subscriptionId: 'sub', subscriptionName: 'My Key', productId: 'starter', productName: 'Starter', userId: 'u1', apiId: 'demo', apiName: 'Demo', apiPath: 'demo/path',
  operationId: 'execute', operationName: 'RRS Execute', ip: '127.0.0.1', method: 'POST', requestId: 'r1', status: 200,
  header: (name) => (name.toLowerCase() === 'x-a' ? 'header' : undefined),
  answerHeader: (name) => (name === 'X-B' ? 'answer' : undefined),
  parameter: (name) => (name === 'id' ? '7' : undefined),
  argument: (name) => (name === 'q' ? 'argument' : undefined),
};
const nobody: ExpressionContext = { ...context, subscriptionId: undefined, subscriptionName: undefined, productId: undefined, productName: undefined, userId: undefined, status: undefined };

describe('an expression', () => {
  it.each([
    ['@(context.Subscription.Id)', 'sub'], [' @( context.Request.IpAddress ) ', '127.0.0.1'], ['@("a \\"b\\"")', 'a "b"'], ['@(7)', 7], ['@(true)', true], ['@(null)', null],
    ['@(context.Api.Name + "-" + context.Operation.Id + 1)', 'Demo-execute1'], ['@(1 + 2)', 3], ['@(((string)"a"))', 'a'],
    ['@(context.Response.StatusCode >= 200 && context.Response.StatusCode < 300)', true], ['@(context.Response.StatusCode == 404 || !(1 > 2))', true],
    ['@(context.Response.StatusCode != 200)', false], ['@(1 <= 0)', false],
    ['@(context.Request.Headers.GetValueOrDefault("X-A", "none"))', 'header'], ['@(context.Request.Headers.GetValueOrDefault("X-C", "none"))', 'none'],
    ['@(context.Request.Headers.GetValueOrDefault("X-C"))', null], ['@(context.Response.Headers.GetValueOrDefault("X-B",""))', 'answer'],
    ['@(context.Request.MatchedParameters["id"])', '7'], ['@(context.Request.MatchedParameters.GetValueOrDefault("x", "y"))', 'y'],
    ['@(context.Request.Url.Query.GetValueOrDefault("q", ""))', 'argument'], ['@(context.Subscription?.Id ?? "nobody")', 'sub'], ['@(context.Product.Name == "Starter")', true],
    ['@(context.User.Id)', 'u1'], ['@(context.RequestId)', 'r1'], ['@(context.Api.Path)', 'demo/path'], ['@(context.Operation.Name)', 'RRS Execute'],
    ['@(context.Subscription.Name)', 'My Key'], ['@(context.Product.Id)', 'starter'], ['@(context.Request.Method)', 'POST'], ['@(context.Api.Id)', 'demo'],
  ])('%s gives %s', (text, value) => {
    expect(evaluate(text, context)).toBe(value);
  });

  it.each(['@(context.Subscription.Id)', '@(context.Product.Name)', '@(context.Response.StatusCode)', '@(context.Request.MatchedParameters["x"])'])('%s fails where there is none', (text) => {
    expect(() => evaluate(text, nobody)).toThrow(ExpressionFailed);
  });

  it('asks carefully', () => {
    expect(evaluate('@(context.Subscription?.Id ?? "nobody")', nobody)).toBe('nobody');
    expect(textValue('@(context.Subscription?.Id)', nobody)).toBe('');
  });

  it.each([
    '@{ return "a"; }', '@(context.Variables["a"])', '@(context.Request.Body.As<string>())', '@(new Random().Next(1, 3))', '@($"a{1}")', '@(@"a")', '@()', '@(1 +)', '@("a)',
    '@(context.Api.Id.Length)', '@(a => b)', '@(1) + 2', '@(context)', '@(true + )', '@(1 < "a")', '@(!1)', '@(1 && true)', '@("\\q")', '@(1.5)', '@(context.constructor)',
    `@(${'('.repeat(900)}1${')'.repeat(900)})`, `@("${'x'.repeat(3_000)}")`, '@(context.Request.MatchedParameters[1])',
  ])('%s is not understood', (text) => {
    expect(() => evaluate(text, context)).toThrow(NotUnderstood);
  });

  it('is taken for text where it is none', () => {
    expect(textValue('Bearer a@(b)', context)).toBe('Bearer a@(b)');
    expect(textValue('@(1 == 1)', context)).toBe('True');
    expect(textValue('@(2 == 1)', context)).toBe('False');
  });

  it('of any kind is understood or not, and nothing else', () => {
    const scraps = fc.array(fc.constantFrom('context', '.', 'Api', 'Id', '(', ')', '"a"', '1', '+', '==', '&&', '??', '?.', '!', '[', ']', ',', 'GetValueOrDefault', ' ', 'Request', 'Headers', '<'), { maxLength: 20 });
    fc.assert(fc.property(scraps, (all) => {
      try {
        evaluate(`@(${all.join('')})`, context);
      } catch (error) {
        expect(error instanceof NotUnderstood || error instanceof ExpressionFailed).toBe(true);
      }
    }), { numRuns: 2_000 });
  });
});
