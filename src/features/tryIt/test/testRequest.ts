// The request of a test: a form where its values fit into one, else JSON, and the way between the two without a loss.

import * as l10n from '@vscode/l10n';
import { readableText } from '../../../base/readableText';
import { tryParse } from '../../../base/shape';
import { mask } from '../../../redaction';
import type { ServiceDescription } from '../../../protocols/description';
import type { RequestValues, RequestValuing } from '../../../protocols/values';
import { formProblems } from '../form/formChecks';
import { contentOf, typedColumn, valuesOf } from '../form/formContent';
import { isFull, withCell, withColumn, withoutColumn, withoutRow, withRow } from '../form/formEdits';
import type { FormEdit, FormState } from '../form/formMessages';
import { mostFormCells, mostFormRows, type FormContent } from '../form/formShape';
import { dotsLeft, isSecretParameter, withDots, withKept } from './keptParameters';

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
  /** The names of parameters that the request had, and that the person has taken out of it. */
  readonly removed: ReadonlySet<string>;
}

const most = { rows: mostFormRows, cells: mostFormCells, characters: 1_000_000 };

/** The request while it is worked on. */
export class TestRequest {
  private content: FormContent | undefined;
  private readonly kept: Map<string, string>;
  /** The names of all parameters that it has had. */
  private readonly had: Set<string>;
  /** The columns that the person has typed in. */
  private readonly typed: Set<string>;
  private json = '';
  private filledTimes = 0;
  private refusal: string | undefined;

  /**
   * @param text the request that it begins with: a form where that fits into one.
   * @param before the request whose place it takes: it is JSON where that one is.
   */
  constructor(private readonly parts: TestRequestParts, text: string, before?: TestRequest) {
    this.kept = new Map([...parts.kept, ...(before?.kept ?? [])]);
    [this.had, this.typed] = [new Set(before?.had), new Set(before?.typed)];
    this.json = text;
    if (before === undefined) this.toForm(text, 'begin');
    else if (before.isForm) this.toForm(text, 'again');
  }

  /** The same request with what is known of the service now; itself where a field holds what cannot be written. */
  anew(parts: TestRequestParts): TestRequest {
    const text = this.content ? this.dotted() : this.json;
    return text === undefined ? this : new TestRequest(parts, text, this);
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
    if (edit.do === 'addColumn') this.typed.add(typedColumn(this.content.inputs[edit.input]?.name ?? '', edit.name));
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
    const text = this.dotted();
    if (text === undefined) return false;
    this.json = readableText(text);
    this.content = undefined;
    this.refusal = undefined;
    this.filledTimes += 1;
    return true;
  }

  /** Shows it as a form; false, with a reason, where the text does not fit into one. */
  asForm(): boolean {
    return this.content !== undefined || this.toForm(this.json, 'again');
  }

  /** Where dots stand in the text for what is not kept; undefined where none do, and while it is a form. */
  get dotsAt(): number | undefined {
    return this.content ? undefined : dotsLeft(this.json, this.kept, this.member);
  }

  /** The request as it is sent, with the parameters that are kept; undefined where a field, or the text, holds what cannot be sent. */
  sent(): string | undefined {
    if (!this.content) return this.dotsAt === undefined ? withKept(this.json, this.kept, this.member) : undefined;
    return formProblems(this.content).length > 0 ? undefined : this.written();
  }

  /** The request as a person may see it in a file, without the parameters that are secret; `left` are their names. */
  shown(): { readonly json: string; readonly left: readonly string[] } | undefined {
    if (!this.content) {
      const { text, names } = withDots(this.json, this.member);
      return { json: text, left: names };
    }
    let left: readonly string[] = [];
    const json = this.written((values) => {
      const secret = this.keep(values);
      left = [...secret];
      return values.parameters ? { ...values, parameters: values.parameters.filter(({ name }) => !secret.has(name)) } : values;
    });
    return json === undefined ? undefined : { json, left };
  }

  /** What may be remembered; undefined where it cannot be taken apart. */
  remembered(): RememberedRequest | undefined {
    const { had, parts: { valuing } } = this;
    const text = this.content ? this.written() : withKept(this.json, this.kept, this.member);
    const read = text === undefined ? undefined : valuing?.read(text, most);
    if (!valuing || !read?.ok) return undefined;
    const { parameters, ...values } = read.values;
    const removed = new Set(had);
    for (const { name } of parameters ?? []) {
      had.add(name);
      removed.delete(name);
    }
    const json = valuing.write({ ...values, ...(parameters === undefined ? {} : { parameters: [] }) });
    // Dots are no value that could come back.
    const known = (parameters ?? []).filter((each) => tryParse(each.json) !== mask);
    return { json, parameters: new Map(known.map((each) => [each.name, each.json])), removed };
  }

  private get member(): string | undefined {
    return this.parts.valuing?.parametersMember;
  }

  private written(change: (values: RequestValues) => RequestValues = (values) => values): string | undefined {
    const values = this.content && valuesOf(this.content, this.kept);
    return values && this.parts.valuing?.write(change(values));
  }

  /** The form's request, with dots in the place of its secret parameters. */
  private dotted(): string | undefined {
    return this.written((values) => {
      const secret = this.keep(values);
      const dots = JSON.stringify(mask);
      return values.parameters
        ? { ...values, parameters: values.parameters.map((each) => (secret.has(each.name) ? { ...each, json: dots } : each)) } : values;
    });
  }

  private toForm(text: string, when: 'begin' | 'again'): boolean {
    const { valuing, description } = this.parts;
    if (!valuing) return false;
    const read = valuing.read(text, most);
    // Of a file that a request begins with nothing is lost: it stays as it is.
    const refusal = !read.ok ? read.sentence
      : read.comments && when === 'again' ? l10n.t('The text has comments, which a form does not hold.') : undefined;
    this.refusal = refusal;
    if (!read.ok || refusal !== undefined) return false;
    for (const { name } of read.values.parameters ?? []) this.had.add(name);
    this.content = contentOf(read.values, description, this.keep(read.values, when), this.typed);
    this.filledTimes += 1;
    return true;
  }

  /**
   * Keeps the parameters that look like secrets, and gives their names. What dots stand for is what was kept before, and so is what is
   * empty in a request that one begins with: a sample, or a file, from which it was left out.
   */
  private keep({ parameters = [] }: RequestValues, when: 'begin' | 'again' = 'again'): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { name, json } of parameters) {
      const value = tryParse(json);
      const before = this.kept.get(name);
      if (value === mask) {
        if (before !== undefined) names.add(name);
      } else if (isSecretParameter(name, json)) {
        this.kept.set(name, json);
        names.add(name);
      } else if (value === '' && when === 'begin' && before !== undefined && isSecretParameter(name, before)) names.add(name);
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
