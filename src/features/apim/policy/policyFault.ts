// Why a policy document cannot be read safely.

/** A part of the text, in UTF-16 units; `end` is behind it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Why a document cannot be read safely. `expression`, `comment`, `cdata`, `declaration`: it has no end. `quotes`: the quotes of a tag do
 * not balance, or more than white space stands behind an expression in quotes. `tag`: a tag is not written as XML has it. `markup`: an
 * attribute value that is no expression holds a tag. `mixed`: an expression is in the middle of a value and goes past its quotes, or is
 * escaped in part. `documentType`: it declares entities. `unmatched`: a tag closes nothing. `unclosed`: nothing closes a tag.
 * `twice`: a tag has an attribute twice. `deep`: elements stand in each other more than 200 deep. `empty`: there is no element.
 */
export type PolicyDoubt =
  | 'expression' | 'comment' | 'cdata' | 'declaration' | 'quotes' | 'tag' | 'markup' | 'mixed' | 'documentType'
  | 'unmatched' | 'unclosed' | 'twice' | 'deep' | 'empty';

/** Where a document stops making sense, and why. */
export interface PolicyFault extends TextRange {
  readonly reason: PolicyDoubt;
}
