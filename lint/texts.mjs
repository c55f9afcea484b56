// Two rules about texts that people read: they are all handed to `l10n.t`, and in the way that the exporter of texts can read.

import ts from 'typescript';

/** @typedef {import('eslint').Rule.RuleContext} RuleContext */

/** Words with blanks between them, a word behind a value, one word as a sentence, an ellipsis, the beginning or end of what is glued. */
const looks = [
  /\p{L}[,;:.…!?]? (?:\p{L}|\{\})/u, /\{\}[,;:.…!?]? \p{L}/u, /^\p{Lu}[\p{Ll}’'-]+[.…!?:]?$/u, /\p{L}…/u,
  /^,? \p{L}{2,}/u, /\p{L}{2,},? $/u,
];

/**
 * Whether a text is one that people would read: words with blanks between them, a word beside a value, one word that begins as a sentence
 * does, or a piece that something is to be glued to.
 * @param {string} text The values of a template stand in it as `{}`.
 */
function looksShown(text) {
  return looks.some((look) => look.test(text));
}

/** What is never shown by the name of the member that it is given to. */
const unseenMembers = /^(?:class|id|kind|type|role)$/;

/** Methods that look for what they are given. */
const finders = /^(?:closest|endsWith|includes|indexOf|matches|querySelector|querySelectorAll|split|startsWith)$/;

/** Whom the log and the console are written with: `log(…)`, `this.parts.log.warn(…)`, `console.error(…)`. */
const logs = /(?:^|\.)(?:log|console)(?:\.\w+)?$/;

/** @param {any} node */
function isFunction(node) {
  return /^(?:Arrow)?Function(?:Expression|Declaration)?/.test(node.type);
}

/** @param {any} node */
function nameOf(node) {
  return node?.type === 'Identifier' ? node.name : node?.type === 'Literal' ? String(node.value) : '';
}

/**
 * Whether it is a call of `l10n.t`.
 * @param {any} node
 */
function isTranslation(node) {
  return node.type === 'CallExpression' && isT(node.callee);
}

/** @param {any} node */
function isT(node) {
  return node.type === 'MemberExpression' && nameOf(node.property) === 't' && nameOf(node.object) === 'l10n';
}

/**
 * Whether a text stands where it is a name for programs: a type, a path, a key, what something is compared with.
 * @param {any} node
 */
function isName(node) {
  const { parent } = node;
  switch (parent.type) {
    case 'TSLiteralType':
    case 'TSEnumMember':
    case 'TSExternalModuleReference':
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'SwitchCase':
      return true;
    case 'ExpressionStatement':
      return parent.directive !== undefined;
    case 'Property':
      return parent.key === node || unseenMembers.test(nameOf(parent.key));
    case 'PropertyDefinition':
      return parent.key === node;
    case 'MemberExpression':
      return parent.property === node;
    case 'AssignmentExpression':
      return parent.left.type === 'MemberExpression' && unseenMembers.test(nameOf(parent.left.property));
    case 'BinaryExpression':
      return /^(?:[!=]==?|in)$/.test(parent.operator);
    case 'CallExpression':
      return parent.callee.type === 'MemberExpression' && finders.test(nameOf(parent.callee.property));
    default:
      return false;
  }
}

/**
 * Whether a text is handed to those who translate it, or to those who do not read it: the log, and errors that only the log tells of.
 * @param {RuleContext} context
 * @param {any} node
 */
function isHandled(context, node) {
  for (let at = node; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (isTranslation(parent)) return true;
    if (parent.type === 'CallExpression' && parent.callee !== at && logs.test(context.sourceCode.getText(parent.callee))) return true;
    if (parent.type === 'NewExpression' && /^(?:Range|Syntax|Type)?Error$/.test(nameOf(parent.callee))) return true;
  }
  return false;
}

/**
 * Whether nothing but one of a few given texts can stand here: then it is a code, whatever it looks like.
 * @param {RuleContext} context
 * @param {any} node
 */
function isCode(context, node) {
  const { program, esTreeNodeToTSNodeMap } = /** @type {any} */ (context.sourceCode.parserServices);
  const expected = program.getTypeChecker().getContextualType(esTreeNodeToTSNodeMap.get(node));
  if (expected === undefined) return false;
  const kinds = expected.isUnion() ? expected.types : [expected];
  const codes = kinds.filter((/** @type {any} */ kind) => kind.isStringLiteral());
  // `string` takes any text; nothing but a code takes only codes.
  return codes.length > 0 && kinds.every((/** @type {any} */ kind) => kind.isStringLiteral() || (kind.flags & anyText) === 0);
}

/** Types that any text is of. */
const anyText = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.String;

/** @type {import('eslint').Rule.RuleModule} */
const bare = {
  meta: {
    type: 'problem',
    // For files of the list in untranslated.mjs (`listed`): their texts may stay, and a file is refused when it has none.
    schema: [{ type: 'object', properties: { listed: { type: 'boolean' } }, additionalProperties: false }],
    messages: {
      bare: "This looks like a text that people read. Write l10n.t('…'), as CONTRIBUTING.md tells.",
      none: 'Nothing is left to translate here. Take the file out of the list in lint/untranslated.mjs.',
    },
  },
  create(context) {
    const isListed = context.options[0]?.listed === true;
    let any = false;
    /** @param {any} node @param {string} text */
    const check = (node, text) => {
      // One is enough there: to find the types costs most.
      if (isListed && any) return;
      if (!looksShown(text) || isName(node) || isHandled(context, node) || isCode(context, node)) return;
      any = true;
      if (!isListed) context.report({ node, messageId: 'bare' });
    };
    return {
      'Program:exit': (node) => {
        if (isListed && !any) context.report({ node, messageId: 'none' });
      },
      Literal: (node) => {
        if (typeof node.value === 'string') check(node, node.value);
      },
      // What a template's tag is does not matter: it hands on what stands in it.
      TemplateLiteral: (node) => check(
        /** @type {any} */ (node).parent.type === 'TaggedTemplateExpression' ? /** @type {any} */ (node).parent : node,
        node.quasis.map((part) => part.value.cooked ?? '').join('{}'),
      ),
    };
  },
};

/**
 * A call's message, and how many values it gets; undefined where these are no literals.
 * @param {any} node
 */
function readCall({ arguments: [first, ...values] }) {
  if (first?.type === 'Literal' && typeof first.value === 'string') {
    const spread = values.some((/** @type {any} */ value) => value.type === 'SpreadElement');
    return { message: first.value, count: spread ? undefined : values.length };
  }
  if (first?.type !== 'ObjectExpression' || values.length > 0) return undefined;
  const member = (/** @type {string} */ name) => first.properties.find((/** @type {any} */ each) => nameOf(each.key) === name)?.value;
  const [message, args, comment] = [member('message'), member('args'), member('comment')];
  if (message?.type !== 'Literal' || typeof message.value !== 'string') return undefined;
  // The key of a text is made of its comments too, which the exporter reads from here.
  const isList = comment?.type === 'ArrayExpression' && comment.elements.every((/** @type {any} */ each) => each?.type === 'Literal');
  if (comment !== undefined && !isList) return undefined;
  return { message: message.value, count: args === undefined ? 0 : args.type === 'ArrayExpression' ? args.elements.length : undefined };
}

/** @type {import('eslint').Rule.RuleModule} */
const calls = {
  meta: {
    type: 'problem', schema: [], messages: {
      literal: 'Only a message that is written out is found by the exporter: no variable, no template, no choice of two.',
      late: 'At the top of a module the language is not known yet. Look the text up when it is shown.',
      values: 'The message has other {0}, {1}, … than values that are given to it.',
      whole: 'A message is a whole sentence or label: it neither begins nor ends with a blank.',
      called: 'The exporter finds only calls of l10n.t(…).',
      import: "The exporter finds only import * as l10n from '@vscode/l10n'.",
    },
  },
  create(context) {
    return {
      ImportDeclaration: (node) => {
        const [first, ...more] = node.specifiers;
        if (node.source.value !== '@vscode/l10n') return;
        if (first?.type !== 'ImportNamespaceSpecifier' || first.local.name !== 'l10n' || more.length > 0) {
          context.report({ node, messageId: 'import' });
        }
      },
      MemberExpression: (node) => {
        const { parent } = /** @type {any} */ (node);
        if (isT(node) && parent.callee !== node) context.report({ node, messageId: 'called' });
        // VS Code has the same function, which the pages and what needs no VS Code cannot call.
        if (nameOf(node.property) === 't' && node.object.type === 'MemberExpression' && nameOf(node.object.property) === 'l10n') {
          context.report({ node, messageId: 'import' });
        }
      },
      CallExpression: (node) => {
        if (!isTranslation(node)) return;
        const read = readCall(node);
        if (read === undefined) {
          context.report({ node, messageId: 'literal' });
          return;
        }
        const above = context.sourceCode.getAncestors(node);
        const isLate = above.some((each) => isFunction(each) || (each.type === 'PropertyDefinition' && !each.static));
        if (!isLate) context.report({ node, messageId: 'late' });
        if (read.message.trim() !== read.message) context.report({ node, messageId: 'whole' });
        const wanted = placeholders(read.message);
        if (read.count !== undefined && wanted.join() !== Array.from({ length: read.count }, (_, index) => `{${index}}`).join()) {
          context.report({ node, messageId: 'values' });
        }
      },
    };
  },
};

/**
 * The places for values in a text, each once and in order, such as `{0}`.
 * @param {string} text
 */
export function placeholders(text) {
  return [...new Set(text.match(/\{[^}]*\}/g) ?? [])].sort();
}

/** For eslint.config.mjs, as a plugin. */
export const texts = { rules: { bare, calls } };
