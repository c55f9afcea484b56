// The few C# expressions of policies that the gateway understands: members of the context, texts, numbers, and what joins them.

import { readTokens, type Token } from './expressionTokens';

/** What an expression may be about. Each member is undefined where there is nothing of the kind. */
export interface ExpressionContext {
  readonly subscriptionId: string | undefined;
  readonly subscriptionName: string | undefined;
  readonly productId: string | undefined;
  readonly productName: string | undefined;
  readonly userId: string | undefined;
  readonly apiId: string;
  readonly apiName: string;
  readonly apiPath: string;
  readonly operationId: string;
  readonly operationName: string;
  readonly ip: string;
  readonly method: string;
  readonly requestId: string;
  readonly status: number | undefined;
  header(name: string): string | undefined;
  answerHeader(name: string): string | undefined;
  parameter(name: string): string | undefined;
  argument(name: string): string | undefined;
}

/** What an expression gives. */
export type Value = string | number | boolean | null;

/** An expression that is not one of the few: the policy that has it is passed over. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

/** An expression that fails as in C#: it asks for a member of what is not there. */
export class ExpressionFailed extends Error {
  override readonly name = 'ExpressionFailed';
}

/** True for `@(...)` and `@{...}`. */
export function isExpression(text: string): boolean {
  return /^\s*@[({]/.test(text);
}

/** The text itself, or what its expression gives as text. Throws NotUnderstood and ExpressionFailed. */
export function textValue(text: string, context: ExpressionContext): string {
  if (!isExpression(text)) return text;
  const value = evaluate(text, context);
  return value === null ? '' : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

/** What an expression gives. Throws NotUnderstood and ExpressionFailed. */
export function evaluate(text: string, context: ExpressionContext): Value {
  const inner = text.trim();
  if (!inner.startsWith('@(') || !inner.endsWith(')')) throw new NotUnderstood();
  const tokens = readTokens(inner.slice(2, -1));
  if (!tokens) throw new NotUnderstood();
  return new Evaluation(tokens, context).whole();
}

class Evaluation {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[], private readonly context: ExpressionContext) {}

  whole(): Value {
    const value = this.either();
    if (this.at < this.tokens.length) throw new NotUnderstood();
    return value;
  }

  private either(): Value {
    // Both sides are always looked at: they have no effects, and one that is not understood makes the whole not understood.
    let value = this.both();
    while (this.take('||')) value = [truth(value), truth(this.both())].includes(true);
    return value;
  }

  private both(): Value {
    let value = this.fallback();
    while (this.take('&&')) value = ![truth(value), truth(this.fallback())].includes(false);
    return value;
  }

  private fallback(): Value {
    const value = this.comparison();
    if (!this.take('??')) return value;
    const other = this.fallback();
    return value ?? other;
  }

  private comparison(): Value {
    const left = this.sum();
    if (this.take('==')) return left === this.sum();
    if (this.take('!=')) return left !== this.sum();
    if (this.take('>=')) return amount(left) >= amount(this.sum());
    if (this.take('<=')) return amount(left) <= amount(this.sum());
    if (this.take('>')) return amount(left) > amount(this.sum());
    if (this.take('<')) return amount(left) < amount(this.sum());
    return left;
  }

  private sum(): Value {
    let value = this.operand();
    while (this.take('+')) {
      const other = this.operand();
      value = typeof value === 'number' && typeof other === 'number' ? value + other : `${shown(value)}${shown(other)}`;
    }
    return value;
  }

  private operand(): Value {
    if (++this.depth > 200) throw new NotUnderstood();
    if (this.take('!')) return !truth(this.operand());
    const token = this.tokens[this.at++];
    if (!token) throw new NotUnderstood();
    switch (token.kind) {
      case 'text':
      case 'number':
        return token.value;
      case 'name':
        return this.named(token.name);
      case 'sign': {
        if (token.sign !== '(') throw new NotUnderstood();
        const next = this.tokens[this.at];
        const cast = next?.kind === 'name' && ['string', 'int'].includes(next.name) && isSign(this.tokens[this.at + 1], ')');
        if (cast) {
          this.at += 2;
          return this.operand();
        }
        const value = this.either();
        this.need(')');
        return value;
      }
      default:
        return token satisfies never;
    }
  }

  private named(first: string): Value {
    if (first === 'true' || first === 'false') return first === 'true';
    if (first === 'null') return null;
    let path = first;
    let careful = false;
    for (;;) {
      const dot = this.take('.');
      if (!dot && !this.take('?.')) break;
      careful ||= !dot;
      const token = this.tokens[this.at++];
      if (token?.kind !== 'name') throw new NotUnderstood();
      path += `.${token.name}`;
    }
    const lookup = '.GetValueOrDefault';
    return path.endsWith(lookup) ? this.looked(path.slice(0, -lookup.length)) : this.memberValue(path, careful);
  }

  /** `Headers.GetValueOrDefault("name", "default")` and the like. */
  private looked(path: string): Value {
    this.need('(');
    const name = this.either();
    const otherwise = this.take(',') ? this.either() : null;
    this.need(')');
    if (typeof name !== 'string') throw new NotUnderstood();
    const { context } = this;
    switch (path) {
      case 'context.Request.Headers':
        return context.header(name) ?? otherwise;
      case 'context.Response.Headers':
        return context.answerHeader(name) ?? otherwise;
      case 'context.Request.MatchedParameters':
        return context.parameter(name) ?? otherwise;
      case 'context.Request.Url.Query':
      case 'context.Request.OriginalUrl.Query':
        return context.argument(name) ?? otherwise;
      default:
        throw new NotUnderstood();
    }
  }

  private memberValue(path: string, careful: boolean): Value {
    const { context } = this;
    if (path === 'context.Request.MatchedParameters' && this.take('[')) {
      const name = this.either();
      this.need(']');
      if (typeof name !== 'string') throw new NotUnderstood();
      const value = context.parameter(name);
      if (value === undefined) throw new ExpressionFailed();
      return value;
    }
    const read = members[path];
    if (!read) throw new NotUnderstood();
    const value = read(context);
    if (value === undefined && !careful) throw new ExpressionFailed();
    return value ?? null;
  }

  private take(sign: string): boolean {
    if (!isSign(this.tokens[this.at], sign)) return false;
    this.at++;
    return true;
  }

  private need(sign: string): void {
    if (!this.take(sign)) throw new NotUnderstood();
  }
}

const members: Readonly<Record<string, (context: ExpressionContext) => Value | undefined>> = {
  'context.Subscription.Id': ({ subscriptionId }) => subscriptionId,
  'context.Subscription.Name': ({ subscriptionName }) => subscriptionName,
  'context.Product.Id': ({ productId }) => productId,
  'context.Product.Name': ({ productName }) => productName,
  'context.User.Id': ({ userId }) => userId,
  'context.Api.Id': ({ apiId }) => apiId,
  'context.Api.Name': ({ apiName }) => apiName,
  'context.Api.Path': ({ apiPath }) => apiPath,
  'context.Operation.Id': ({ operationId }) => operationId,
  'context.Operation.Name': ({ operationName }) => operationName,
  'context.Request.IpAddress': ({ ip }) => ip,
  'context.Request.Method': ({ method }) => method,
  'context.RequestId': ({ requestId }) => requestId,
  'context.Response.StatusCode': ({ status }) => status,
};

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.sign === sign;
}

function truth(value: Value): boolean {
  if (typeof value !== 'boolean') throw new NotUnderstood();
  return value;
}

function amount(value: Value): number {
  if (typeof value !== 'number') throw new NotUnderstood();
  return value;
}

function shown(value: Value): string {
  return value === null ? '' : String(value);
}
