// The address of a call: a template with its parameters filled in, each in the form that its place wants.

import * as l10n from '@vscode/l10n';
import { halfAt, withoutHalves } from './halves';
import type { CallDraft, CallParameter, CallShape } from './shape';

/** An address, as far as it can be told. */
export interface CallAddress {
  /** What a person sees: what is missing stands in it as `{name}`. */
  readonly shown: string;
  /** By the parameters' places in the list. */
  readonly problems: readonly (string | undefined)[];
}

/** Fills a template in. Where there is no problem, `shown` is the address that is called. */
export function addressOf({ template, parameters }: CallShape, { base, values }: CallDraft): CallAddress {
  const given = parameters.map((parameter, index) => ({ parameter, value: values[index] ?? '' }));
  const mark = template.indexOf('?');
  const [path, query] = mark < 0 ? [template, ''] : [template.slice(0, mark), template.slice(mark + 1)];
  const inPath = byName(given.filter(({ parameter }) => parameter.place === 'path'));
  const inQuery = byName(given.filter(({ parameter }) => parameter.place === 'query'));
  const pairs = query.split('&').filter((pair) => pair !== '').flatMap((pair) => {
    const filled = fill(pair, (name) => inQuery.get(name) ?? inPath.get(name));
    // An argument of the query that has no value is left out with its name.
    return filled === undefined ? [] : [filled];
  });
  for (const { parameter, value } of given) {
    if (parameter.place !== 'option') continue;
    if (value !== '') pairs.push(`${encoded(parameter.name)}=${encoded(value)}`);
    else if (parameter.required) pairs.push(`${encoded(parameter.name)}={${parameter.name}}`);
  }
  const whole = fill(path, (name) => inPath.get(name)) ?? path;
  return {
    shown: `${base}${whole}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`,
    problems: given.map(({ parameter, value }) => problemOf(parameter, value)),
  };
}

interface Given {
  readonly parameter: CallParameter;
  readonly value: string;
}

function byName(given: readonly Given[]): ReadonlyMap<string, Given> {
  return new Map(given.map((each) => [each.parameter.name.toLowerCase(), each]));
}

/** Undefined where all that is to be filled in may be left out, and is. */
function fill(text: string, of: (name: string) => Given | undefined): string | undefined {
  let isLeftOut = false;
  const filled = text.replace(/\{([^{}]{1,256})\}/g, (whole, name: string) => {
    const found = of(name.toLowerCase());
    if (found === undefined) return whole;
    const { parameter, value } = found;
    if (value === '') {
      isLeftOut ||= !parameter.required && parameter.place === 'query';
      return parameter.required ? whole : '';
    }
    return parameter.rest === true ? value.split('/').map(encoded).join('/') : encoded(value);
  });
  return isLeftOut ? undefined : filled;
}

function problemOf({ name, place, required, rest, key }: CallParameter, value: string): string | undefined {
  if (key === true && value !== '') return l10n.t('"{0}" carries a key: choose the key above instead.', name);
  if (value === '') return required ? l10n.t('"{0}" needs a value.', name) : undefined;
  if (halfAt(value) !== undefined) return l10n.t('"{0}" holds half of a character, which no address can have.', name);
  const parts = rest === true ? value.split('/') : [value];
  // A URL takes these for steps in its path.
  if (place === 'path' && parts.some((part) => part === '.' || part === '..'))
    return l10n.t('"{0}" cannot be a dot or two dots: they would lead to another address.', name);
  return undefined;
}

function encoded(value: string): string {
  return encodeURIComponent(withoutHalves(value));
}
