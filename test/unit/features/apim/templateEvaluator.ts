// Turns an ARM template into the PUTs that a deployment would make: `parameters`, `concat`, `resourceId`, `string`, and `dependsOn`.

import { isArray, isObject, member } from '../../../../src/base/shape';

/** A resource that is made. `path` is that below the instance. */
export interface Put {
  readonly path: string;
  readonly body: unknown;
}

/** The PUTs, each after those that it depends on. Throws for what a deployment would refuse. */
export function putsOf(template: unknown, values: Readonly<Record<string, string>>): readonly Put[] {
  const declared = Object.keys(objectOf(member(template, 'parameters')));
  const given = Object.keys(values);
  if (declared.toSorted().join() !== given.toSorted().join()) throw new Error(`Declared are ${declared.join()}, given are ${given.join()}.`);
  const resources = listOf(member(template, 'resources')).map((resource) => {
    const type = textOf(member(resource, 'type'));
    if (member(resource, 'apiVersion') !== '2024-05-01') throw new Error(`The version of ${type} is another one.`);
    const name = textOf(evaluate(member(resource, 'name'), values));
    const id = idOf(type, name.split('/'));
    const dependsOn = member(resource, 'dependsOn');
    const properties = member(resource, 'properties');
    return {
      id,
      dependsOn: dependsOn === undefined ? [] : listOf(evaluate(dependsOn, values)).map(textOf),
      put: { path: pathOf(id), body: properties === undefined ? undefined : { properties: evaluate(properties, values) } },
    };
  });
  const made = new Map<string, Put>();
  let waiting = resources;
  while (waiting.length > 0) {
    const ready = waiting.filter((resource) => resource.dependsOn.every((id) => made.has(id)));
    if (ready.length === 0) throw new Error(`These wait for what is not there: ${waiting.map(({ id }) => id).join()}`);
    for (const { id, put } of ready) {
      if (made.has(id)) throw new Error(`${id} is there twice.`);
      made.set(id, put);
    }
    waiting = waiting.filter((resource) => !ready.includes(resource));
  }
  return [...made.values()];
}

/** `/providers/Microsoft.ApiManagement/service/NAME/apis/ID` */
function idOf(type: string, names: readonly string[]): string {
  const [provider = '', ...words] = type.split('/');
  if (words.length !== names.length) throw new Error(`${type} has another number of parts than ${names.join('/')}.`);
  return `/providers/${provider}${words.map((word, index) => `/${word}/${names[index] ?? ''}`).join('')}`;
}

function pathOf(id: string): string {
  return id.split('/').slice(5).map((part) => `/${encodeURIComponent(part)}`).join('');
}

/** A value of the template with its expressions carried out. */
export function evaluate(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return evaluateText(value, values);
  if (isArray(value)) return value.map((each) => evaluate(each, values));
  if (!isObject(value)) return value;
  if (isArray(value.copy)) throw new Error('A loop was begun.');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => {
    if (name.toLowerCase() === 'copy') throw new Error('A loop was begun.');
    return [textOf(evaluateText(name, values)), evaluate(each, values)];
  }));
}

function evaluateText(text: string, values: Readonly<Record<string, string>>): unknown {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  if (text.startsWith('[[')) return text.slice(1);
  const reader = new Expression(text.slice(1, -1), values);
  return reader.whole();
}

class Expression {
  private at = 0;

  constructor(private readonly text: string, private readonly values: Readonly<Record<string, string>>) {}

  whole(): unknown {
    const value = this.value();
    if (this.at !== this.text.length) throw new Error(`Too much in [${this.text}]`);
    return value;
  }

  private value(): string {
    if (this.text.charAt(this.at) === "'") return this.literal();
    const [name = ''] = /^[a-zA-Z]+(?=\()/.exec(this.text.slice(this.at)) ?? [];
    if (name === '') throw new Error(`No expression: [${this.text}]`);
    this.at += name.length + 1;
    const given: string[] = [];
    while (this.text.charAt(this.at) !== ')') {
      given.push(this.value());
      const [comma = ''] = /^, */.exec(this.text.slice(this.at)) ?? [];
      this.at += comma.length;
      if (comma === '' && this.text.charAt(this.at) !== ')') throw new Error(`Not closed: [${this.text}]`);
    }
    this.at += 1;
    return this.call(name, given);
  }

  private literal(): string {
    let text = '';
    for (this.at += 1; ; this.at += 1) {
      const character = this.text.charAt(this.at);
      if (character === '') throw new Error(`Not closed: [${this.text}]`);
      if (character === "'") {
        this.at += 1;
        if (this.text.charAt(this.at) !== "'") return text;
      }
      text += character;
    }
  }

  private call(name: string, given: readonly string[]): string {
    const [first = '', ...rest] = given;
    switch (name) {
      case 'parameters': {
        const value = this.values[first];
        if (value === undefined) throw new Error(`There is no parameter ${first}.`);
        return value;
      }
      case 'concat':
        return given.join('');
      case 'string':
        return first;
      case 'resourceId':
        return idOf(first, rest);
      default:
        throw new Error(`There is no function ${name}.`);
    }
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`No text: ${JSON.stringify(value)}`);
  return value;
}

function listOf(value: unknown): readonly unknown[] {
  if (!isArray(value)) throw new Error(`No list: ${JSON.stringify(value)}`);
  return value;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new Error(`No object: ${JSON.stringify(value)}`);
  return value;
}
