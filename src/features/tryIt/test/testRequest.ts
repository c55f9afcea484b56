// The request of a test: a form where its values fit into one, else JSON, and the way between the two without a loss.

import * as l10n from '@vscode/l10n';
import { readableText } from '../../../base/readableText';
import { tryParse } from '../../../base/shape';
import { looksSecret, mask } from '../../../redaction';
import type { ServiceDescription } from '../../../protocols/description';
import type { RequestValues, RequestValuing } from '../../../protocols/values';
import { formProblems } from '../form/formChecks';
import { contentOf, valuesOf } from '../form/formContent';
import { isFull, withCell, withColumn, withoutColumn, withoutRow, withRow } from '../form/formEdits';
import type { FormEdit, FormState } from '../form/formMessages';
import { mostFormCells, mostFormRows, type FormContent } from '../form/formShape';
import { withKept } from './keptParameters';

/** What it is made with. */
export interface TestRequestParts {
  /** Undefined for services of a kind whose requests are no values. */
  readonly valuing: RequestValuing | undefined;
  readonly description: ServiceDescription | undefined;
  /** Parameters that are in the secret store: JSON each by its name. */
  readonly kept: ReadonlyMap<string, string>;
}

/** A request without its parameters, and these: what may be remembered in the open, and what in the secret store. */
export interface RememberedRequest {
  readonly json: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const most = { rows: mostFormRows, cells: mostFormCells, characters: 1_000_000 };

/** The request while it is worked on. */
export class TestRequest {
  private content: FormContent | undefined;
  private readonly kept: Map<string, string>;
  private json = '';
  private filledTimes = 0;
  private refusal: string | undefined;

  /** @param text the request that it begins with: a form where that fits into one. */
  constructor(private readonly parts: TestRequestParts, text: string) {
    this.kept = new Map(parts.kept);
    this.json = text;
    this.toForm(text, true);
  }

  /** Another number where the fields are to be drawn anew. */
  get filled(): number {
    return this.filledTimes;
  }

  /** True while it is a form. */
  get isForm(): boolean {
    return this.content !== undefined;
  }

  /** The text that is edited while it is no form. */
  get text(): string {
    return this.json;
  }

  /** Why it is no form; undefined where it is one, or nobody has asked for one. */
  get why(): string | undefined {
    return this.refusal;
  }

  /** True where requests of this kind can be forms. */
  get hasForm(): boolean {
    return this.parts.valuing !== undefined;
  }

  /** The form as the page draws it; undefined while it is none. */
  get form(): FormState | undefined {
    const { content } = this;
    return content && {
      filled: this.filledTimes, content, problems: formProblems(content), full: content.inputs.map((_, input) => isFull(content, input)),
    };
  }

  /** A change in the form. */
  edit(edit: FormEdit): void {
    if (!this.content) return;
    const next = changed(this.content, edit);
    // One field that has another value is not drawn anew.
    if (edit.do !== 'set' && next !== this.content) this.filledTimes += 1;
    this.content = next;
  }

  /** Another text, while it is no form. */
  type(text: string): void {
    if (this.content) return;
    if (text !== this.json) this.refusal = undefined;
    this.json = text;
  }

  /** Shows it as JSON; false where a field holds what cannot be written. */
  asJson(): boolean {
    const text = this.written(new Map([...this.kept.keys()].map((name) => [name, JSON.stringify(mask)])));
    if (text === undefined) return false;
    this.json = readableText(text);
    this.content = undefined;
    this.refusal = undefined;
    this.filledTimes += 1;
    return true;
  }

  /** Shows it as a form; false, with a reason, where the text does not fit into one. */
  asForm(): boolean {
    return this.content !== undefined || this.toForm(this.json, false);
  }

  /** The request as it is sent, with the parameters that are kept; undefined where a field holds what cannot be written. */
  sent(): string | undefined {
    if (!this.content) return withKept(this.json, this.kept);
    return formProblems(this.content).length > 0 ? undefined : this.written(this.kept);
  }

  /** The request as a person may see it in a file, without the parameters that are kept; `left` are their names. */
  shown(): { readonly json: string; readonly left: readonly string[] } | undefined {
    if (!this.content) return { json: this.json, left: this.json.includes(mask) ? [...this.kept.keys()] : [] };
    const json = this.written(new Map());
    const { fields = [], cells = [] } = this.content.parameters ?? {};
    return json === undefined ? undefined : { json, left: fields.flatMap(({ name }, at) => (cells[at]?.state === 'kept' ? [name] : [])) };
  }

  /** What may be remembered; undefined where it cannot be taken apart. */
  remembered(): RememberedRequest | undefined {
    const { valuing } = this.parts;
    const text = this.content ? this.written(this.kept) : withKept(this.json, this.kept);
    const read = text === undefined ? undefined : valuing?.read(text, most);
    if (!valuing || !read?.ok) return undefined;
    const { parameters, ...values } = read.values;
    const json = valuing.write({ ...values, ...(parameters === undefined ? {} : { parameters: [] }) });
    return { json, parameters: new Map(parameters?.map(({ name, json: value }) => [name, value])) };
  }

  private written(secrets: ReadonlyMap<string, string>): string | undefined {
    const values = this.content && valuesOf(this.content, secrets);
    return values && this.parts.valuing?.write(values);
  }

  private toForm(text: string, comments: boolean): boolean {
    const { valuing, description } = this.parts;
    if (!valuing) return false;
    const read = valuing.read(text, most);
    const refusal = !read.ok ? read.sentence
      : read.comments && !comments ? l10n.t('The text has comments, which a form does not hold.') : undefined;
    this.refusal = refusal;
    if (!read.ok || refusal !== undefined) return false;
    this.content = contentOf(read.values, description, this.keep(read.values));
    this.filledTimes += 1;
    return true;
  }

  /** Keeps the parameters that look like secrets, and gives their names. What dots stand for is what was kept before. */
  private keep({ parameters = [] }: RequestValues): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { name, json } of parameters) {
      const text = tryParse(json);
      if (text === mask && this.kept.has(name)) names.add(name);
      else if (typeof text === 'string' && text !== '' && looksSecret(name, text)) {
        this.kept.set(name, json);
        names.add(name);
      }
    }
    return names;
  }
}

function changed(content: FormContent, edit: FormEdit): FormContent {
  switch (edit.do) {
    case 'set':
      return withCell(content, edit, edit.cell);
    case 'addRow':
      return withRow(content, edit.input);
    case 'removeRow':
      return withoutRow(content, edit.input, edit.row);
    case 'addColumn':
      return withColumn(content, edit.input, edit);
    case 'removeColumn':
      return withoutColumn(content, edit.input, edit.column);
    default:
      return edit satisfies never;
  }
}

/** A text with the parameters that were kept put into it, as far as it has none of these names. */
export function withParameters(valuing: RequestValuing, text: string, parameters: ReadonlyMap<string, string>): string {
  const read = valuing.read(text, most);
  if (!read.ok || parameters.size === 0) return text;
  const { parameters: own = [], ...values } = read.values;
  const names = new Set(own.map(({ name }) => name));
  const more = [...parameters].filter(([name]) => !names.has(name)).map(([name, json]) => ({ name, json }));
  return valuing.write({ ...values, parameters: [...own, ...more] });
}
