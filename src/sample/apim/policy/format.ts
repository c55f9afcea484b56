// Writes policy documents as the service gives them back: tabs and CRLF between elements, texts, comments and expressions as they were.

import type { PolicyElement, PolicyForm, PolicyNode } from './nodes';

/** The text of a document whose nodes have expressions in their raw form. */
export function formatPolicy(nodes: readonly PolicyNode[], form: PolicyForm): string {
  return lines(nodes, 0, form).join('\r\n');
}

function lines(nodes: readonly PolicyNode[], depth: number, form: PolicyForm): string[] {
  return nodes.filter((node) => !isBlank(node)).map((node) => '\t'.repeat(depth) + write(node, depth, form));
}

function write(node: PolicyNode, depth: number, form: PolicyForm): string {
  switch (node.kind) {
    case 'element':
      return writeElement(node, depth, form);
    case 'text':
      return node.expression && form === 'xml' ? escapeXml(node.text) : node.text;
    case 'comment':
    case 'cdata':
    case 'declaration':
      return node.text;
    default:
      return node satisfies never;
  }
}

function writeElement({ name, attributes, children, empty }: PolicyElement, depth: number, form: PolicyForm): string {
  const start = `<${name}${attributes.map((each) => ` ${each.name}="${attributeValue(each, form)}"`).join('')}`;
  if (empty) return `${start} />`;
  const holdsText = children.some((node) => (node.kind === 'text' && !isBlank(node)) || node.kind === 'cdata');
  if (holdsText) return `${start}>${children.map((node) => write(node, depth, form)).join('')}</${name}>`;
  const inside = lines(children, depth + 1, form);
  return inside.length === 0 ? `${start}></${name}>` : [`${start}>`, ...inside, `${'\t'.repeat(depth)}</${name}>`].join('\r\n');
}

function attributeValue({ value, quote, expression }: PolicyElement['attributes'][number], form: PolicyForm): string {
  if (expression) return form === 'xml' ? escapeXml(value).replaceAll('"', '&quot;') : value;
  return quote === '"' ? value : value.replaceAll('"', '&quot;');
}

function isBlank(node: PolicyNode): boolean {
  return node.kind === 'text' && node.text.trim() === '';
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
