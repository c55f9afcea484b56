// A person who answers the questions of the commands on products and subscriptions, one after another, and what they were told.

import { Cancelled } from '../../../../../src/model/errors';
import type { Choice, TextQuestion } from '../../../../../src/ui/ask';
import type { Button } from '../../../../../src/ui/notices';

/** A question as it was asked. */
export interface Asked {
  readonly title: string;
  readonly detail: string;
  /** Labels to choose from, or the buttons. */
  readonly labels: readonly string[];
}

/** The person of a test. */
export const person = {
  /** What is answered next: a text, a label, labels with a bar between, a button; `Esc` leaves. Without one the first choice is taken. */
  answers: [] as string[],
  asked: [] as Asked[],
  /** What stood in each box to type into. */
  offered: [] as (string | undefined)[],
  /** What stood below the choices of each list, for those that had it. */
  details: [] as string[],
  told: [] as string[],
  /** Titles of what was shown while it lasted, and what was said meanwhile. */
  progress: [] as string[],
  waits: [] as string[],
  clipboard: [] as string[],
  executed: [] as unknown[][],
  /** Done before the next question is answered. */
  meanwhile: undefined as (() => Promise<unknown>) | undefined,
  /** Done while a message waits for its button. */
  beforeButton: undefined as (() => Promise<unknown>) | undefined,
  /** Presses Cancel in what is shown while something lasts. */
  cancel: (): void => undefined,
};

/** Begins anew. */
export function newPerson(...answers: readonly string[]): void {
  person.answers = [...answers];
  person.details.length = 0;
  for (const list of [person.asked, person.offered, person.told, person.progress, person.waits, person.clipboard, person.executed]) list.length = 0;
  person.meanwhile = undefined;
  person.beforeButton = undefined;
}

async function next(asked: Asked): Promise<string> {
  person.asked.push(asked);
  const { meanwhile } = person;
  person.meanwhile = undefined;
  await meanwhile?.();
  const answer = person.answers.shift() ?? asked.labels[0] ?? '';
  if (answer === 'Esc') throw new Cancelled();
  return answer;
}

function pick<T>(choices: readonly Choice<T>[], label: string): T {
  const found = choices.find((each) => each.label === label);
  if (!found) throw new Error(`"${label}" is not among ${choices.map((each) => each.label).join(', ')}`);
  return found.value;
}

const askWhich = async (title: string, detail: string | undefined, ways: readonly string[]): Promise<number> => {
  const at = ways.indexOf(await next({ title, detail: detail ?? '', labels: ways }));
  if (at < 0) throw new Cancelled();
  return at;
};

/** Stands for `ui/ask`. */
export const askMock = {
  askText: async ({ title, prompt, value, check }: TextQuestion): Promise<string> => {
    person.offered.push(value);
    const text = await next({ title, detail: prompt, labels: [] });
    const reason = check(text);
    if (reason !== undefined) throw new Error(reason);
    return text;
  },
  askChoice: async <T>(title: string, detail: string, choices: readonly Choice<T>[]): Promise<T> => {
    person.details.push(...choices.flatMap(({ label, detail: below }) => (below === undefined ? [] : [`${label}: ${below}`])));
    return pick(choices, await next({ title, detail, labels: choices.map(({ label }) => label) }));
  },
  askSeveral: async <T>(title: string, detail: string, choices: readonly Choice<T>[]): Promise<readonly T[]> => {
    const answer = await next({ title, detail, labels: choices.map(({ label }) => label) });
    return answer === '' ? [] : answer.split('|').map((label) => pick(choices, label));
  },
  askToConfirm: async (title: string, detail: string | undefined, yes: string): Promise<void> => void (await askWhich(title, detail, [yes])),
  askWhich,
};

/** Stands for `ui/notices`: a button is pressed where it is the next answer. */
export const noticesMock = {
  notify: async <T extends Button>(_: string, text: string, ...buttons: readonly T[]): Promise<T | undefined> => {
    person.told.push([text, ...buttons.map(({ title }) => `[${title}]`)].join(' '));
    const chosen = buttons.find(({ title }) => title === person.answers[0]);
    if (chosen) person.answers.shift();
    await person.beforeButton?.();
    return chosen;
  },
  tellBriefly: (text: string): void => void person.told.push(text),
};

/** Stands for `ui/progress`. */
export const progressMock = {
  inMessage: <T>(title: string, work: (signal: AbortSignal, report: (now: { readonly message: string }) => void) => Promise<T>): Promise<T> => {
    person.progress.push(title);
    const stopping = new AbortController();
    person.cancel = () => stopping.abort();
    return work(stopping.signal, ({ message }) => void person.waits.push(message));
  },
};

/** Stands for `vscode`. */
export const vscodeMock = {
  env: { clipboard: { writeText: (text: string) => Promise.resolve(void person.clipboard.push(text)) } },
  commands: { executeCommand: (...args: unknown[]) => Promise.resolve(void person.executed.push(args)) },
};
