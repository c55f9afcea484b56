// What of something that was wanted in a policy is not in it, as plain data.

import type { LimitElement } from './limit';

/** What was wanted and is not done, with the reason. */
export interface PolicyLeft {
  readonly element: LimitElement;
  /**
   * `expression`, `namedValue`: the value is reckoned from something, `value` is its text. `stays`: an attribute that nobody wants is
   * there. `conditional`: the limit stands below a condition. `beside`: a limit of another kind is there, and both are in force.
   * `repeated`: there are several. `inner`: limits of single APIs or operations are in it, `value` is the first of them. `noInbound`: the
   * document has no place for it. `notUnderstood`: the document makes no sense.
   */
  readonly reason:
    | 'expression' | 'namedValue' | 'stays' | 'conditional' | 'beside' | 'repeated' | 'inner' | 'noInbound' | 'notUnderstood';
  readonly attribute?: string;
  readonly value?: string;
}

/** An element that is wanted and was not put in, with the reason. */
export interface PartLeft {
  readonly element: string;
  /**
   * `expression`: what is there is reckoned by an expression. `conditional`: one stands below a condition. `repeated`: there are several.
   * `noInbound`: the document has no place for it. `notUnderstood`: the document makes no sense.
   */
  readonly reason: 'expression' | 'conditional' | 'repeated' | 'noInbound' | 'notUnderstood';
}
