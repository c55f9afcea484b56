// package.json and the code agree: ids, settings, what is trusted, what ships, what the README tells.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import written from '../../../package.json';
import texts from '../../../package.nls.json';
import type { PolicyScope } from '../../../src/features/apim/policy/policyScope';
import { partsOfPolicy } from '../../../src/features/apim/policyDocument/address';
import { command, contextKey, panel, policyLanguage, prefix, setting, view } from '../../../src/ui/ids';
import { someInstance } from '../features/apim/apimTools';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** package.json as VS Code shows it in English, with the texts in the places of their keys. */
const manifest: typeof written = JSON.parse(JSON.stringify(written).replaceAll(/"%([^"%]+)%"/g, (place, key: string) => JSON.stringify(Object.entries(texts).find(([name]) => name === key)?.[1] ?? place)));
const declared = manifest.contributes.commands.map((each) => each.command);

describe('ids', () => {
  it('the commands are the same', () => {
    expect([...declared].sort()).toEqual(Object.values(command).sort());
  });

  it('the settings are the same', () => {
    expect(Object.keys(manifest.contributes.configuration.properties).sort()).toEqual(Object.values(setting).map((name) => `${prefix}.${name}`).sort());
  });

  it('the views are the same', () => {
    expect(manifest.contributes.views.azuremlWebServices.map((each) => each.id)).toEqual(Object.values(view));
  });

  it('the panels are the same', () => {
    const restored = manifest.activationEvents.flatMap((event) => /^onWebviewPanel:(.*)$/.exec(event)?.[1] ?? []);
    expect(restored.sort()).toEqual(Object.values(panel).sort());
  });

  it('conditions ask for each context key that the code sets, and for each that they ask for the code has an id', () => {
    const conditions = JSON.stringify([manifest.contributes.menus, manifest.contributes.keybindings, manifest.contributes.viewsWelcome, manifest.contributes.commands, manifest.contributes.views, manifest.contributes.walkthroughs]);
    const asked = Object.values(contextKey).filter((id) => new RegExp(`${id.replaceAll('.', '\\.')}\\b`).test(conditions));
    expect(asked).toEqual(Object.values(contextKey));
  });

  it('no id has two names', () => {
    const ids = [command, view, panel, contextKey].flatMap((each) => Object.values(each));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const [name, id] of [command, view, panel, contextKey].flatMap((each) => Object.entries(each))) expect(id).toBe(`${prefix}.${name}`);
  });

  it('nobody writes an id of a command, a view, a panel or a context key out again', () => {
    const ids = [command, view, panel, contextKey].flatMap((each) => Object.values(each));
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('ids.ts'));
    const again = files.filter((name) => {
      const text = readFileSync(join(root, 'src', name), 'utf8');
      return ids.some((id) => text.includes(`'${id}'`)) || /`\$\{prefix\}\.\w+`/.test(text);
    });
    expect(again).toEqual([]);
  });

  it('menus and keys name commands that are there', () => {
    const used = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings].map((each) => each.command);
    expect(used.filter((id) => !declared.includes(id))).toEqual([]);
  });

  it('conditions ask only for context keys that the code sets', () => {
    const conditions = JSON.stringify(manifest.contributes).match(/azuremlWebServices\.\w+/g) ?? [];
    const known = [...declared, ...Object.values(contextKey), ...Object.values(view), ...Object.values(panel), ...Object.keys(manifest.contributes.configuration.properties)];
    expect([...new Set(conditions)].filter((id) => !known.includes(id))).toEqual([]);
  });
});

describe('texts', () => {
  /** Every text below a value, with the names that lead to it. */
  const below = (value: unknown, path: readonly string[] = []): { readonly path: readonly string[]; readonly text: string }[] => {
    if (typeof value === 'string') return [{ path, text: value }];
    return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, each]) => below(each, [...path, name])) : [];
  };
  const all = below(written);
  const keys = all.flatMap(({ text }) => /^%([^%]+)%$/.exec(text)?.[1] ?? []);

  it('are all in package.nls.json, and nothing else is', () => {
    expect([...new Set(keys)].sort()).toEqual(Object.keys(texts).sort());
  });

  it('that are shown stand nowhere else', () => {
    const shown = /^(?:displayName|title|category|label|contents|contextualTitle|description|markdownDescription|(?:markdown)?[eE]numDescriptions|deprecationMessage|name)$/;
    // Of a list, its name counts; the extension's own `name` is an id.
    const nameOf = (path: readonly string[]): string => path.findLast((name) => !/^\d+$/.test(name)) ?? '';
    const bare = all.filter(({ path, text }) => !text.startsWith('%') && path.join('.') !== 'name' && shown.test(nameOf(path)));
    expect(bare).toEqual([]);
    expect(keys.length).toBeGreaterThan(100);
  });
});

describe('menus', () => {
  const { menus, keybindings } = manifest.contributes;
  const forRequests = ['sendToRrs', 'submitBody', 'copyCode', 'chooseService'].map((id) => `${prefix}.${id}`);

  it('an editor has entries for a request or a body only where there is one', () => {
    const entries = [...menus['editor/title'], ...menus['editor/context'], ...keybindings.filter((each) => each.when.includes('editorTextFocus'))].filter((each) => forRequests.includes(each.command));
    const list = (id: string): string => `resourcePath in ${id}`;
    expect(entries.length).toBe(7);
    for (const { command: id, when } of entries) {
      const lists = id.endsWith('submitBody') ? [contextKey.batchPaths] : id.endsWith('chooseService') ? [contextKey.requestPaths, contextKey.batchPaths] : [contextKey.requestPaths];
      expect(when.replace('editorTextFocus && ', '')).toBe(lists.map(list).join(' || '));
    }
  });

  const conditions = menus['explorer/context'].filter((each) => forRequests.includes(each.command)).map((each) => each.when);
  const [, names = '', folders = ''] = /^resourceFilename =~ \/(.*)\/i && !\(resourceDirname =~ \/(.*)\/\) && !explorerResourceIsFolder$/.exec(conditions[0] ?? '') ?? [];
  const offered = (path: string): boolean => {
    const [, folder = '', name = ''] = /^(.*)\/(.*)$/.exec(path) ?? [];
    return new RegExp(names, 'i').test(name) && !new RegExp(folders).test(folder);
  };

  it('the Explorer asks the same of a file for both ways to send it', () => {
    expect(conditions.length).toBe(2);
    expect(new Set(conditions).size).toBe(1);
  });

  it.each(['/a/request.json', '/a/Good Day.JSON', '/a/commented.jsonc', '/a/my-package.json', '/a/package.request.json', '/a/tasksforce.json', '/a/1.json'])('the Explorer offers to send %s', (path) => {
    expect(offered(path)).toBe(true);
  });

  it.each([
    '/a/package.json', '/a/package-lock.json', '/a/tsconfig.json', '/a/tsconfig.build.json', '/a/jsconfig.json', '/a/composer.json', '/a/manifest.json', '/a/.eslintrc.json', '/a/.hidden.json',
    '/a/.vscode/settings.json', '/a/.vscode/anything.json', '/a/settings.json', '/a/launch.json', '/a/tasks.json', '/a/appsettings.Development.json', '/a/karma.config.json', '/a/x.schema.json',
    '/a/team.code-workspace', '/a/notes.txt', '/a/json',
  ])('the Explorer does not offer to send %s', (path) => {
    expect(offered(path)).toBe(false);
  });
});

describe('the menu of a line of the tree', () => {
  const entries = manifest.contributes.menus['view/item/context'].filter(({ when, group }) => when.includes(view.services) && !group.startsWith('inline'));

  it('is whole also while others are selected: VS Code counts those for a line that is not among them, too', () => {
    expect(entries.filter(({ when }) => when.includes('listMultiSelection'))).toEqual([]);
  });

  const fits = (id: string, context: string): boolean => entries.some((each) => {
    const pattern = /viewItem =~ \/(.*?)\/(?: |$)/.exec(each.when)?.[1];
    return each.command === id && pattern !== undefined && new RegExp(pattern).test(context);
  });

  it.each([
    [command.forgetServiceKey, 'service hasServiceKey', true], [command.forgetServiceKey, 'service.wants.serviceKey', false],
    [command.forgetServiceKey, 'service.wants.serviceKey hasSubscriptionKey', false], [command.forgetServiceKey, 'service.sample', false],
    [command.forgetSubscriptionKey, 'service.wants.serviceKey hasSubscriptionKey hasLines', true], [command.forgetSubscriptionKey, 'service hasServiceKey', false],
    [command.deleteFinishedJobs, 'service hasServiceKey hasLines', true], [command.deleteFinishedJobs, 'service.sample hasLines', true],
    [command.deleteFinishedJobs, 'service hasServiceKey', false], [command.deleteFinishedJobs, 'jobGroup', true], [command.deleteFinishedJobs, 'job delete', false],
    [command.editAddress, 'service.wants.serviceKey', true], [command.editAddress, 'service.sample hasLines', false],
  ])('%s for "%s": %s', (id, context, there) => {
    expect(fits(id, context)).toBe(there);
  });
});

describe('trust', () => {
  it('connections are of application scope, so that a folder cannot set them', () => {
    for (const property of Object.values(manifest.contributes.configuration.properties)) expect(property.scope).toBe('application');
  });

  it('no setting is for a key', () => {
    expect(JSON.stringify(Object.keys(manifest.contributes.configuration.properties))).not.toMatch(/key(?!Header)|token|secret|password/i);
  });

  it('an untrusted folder is limited, with a reason', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.untrustedWorkspaces.description.length).toBeGreaterThan(50);
  });
});

describe('the language of policies', () => {
  it('is that of all their documents, and of no other file', () => {
    const [language] = manifest.contributes.languages;
    expect([language?.id, manifest.contributes.grammars[0]?.language]).toEqual([policyLanguage, policyLanguage]);
    const [pattern = ''] = language?.filenamePatterns ?? [];
    // As VS Code reads it: one star stays in its folder, two and a slash are any folders or none.
    const matched = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('**/', '<any>').replaceAll('*', '[^/]*').replaceAll('<any>', '(?:[^/]+/)*')}$`);
    const scopes: readonly (readonly [PolicyScope, readonly string[]])[] = [
      [{ kind: 'allApis' }, []], [{ kind: 'api', api: 'a' }, ['A']], [{ kind: 'product', product: 'a' }, ['A']],
      [{ kind: 'operation', api: 'a', operation: 'b' }, ['A', 'B']],
    ];
    for (const [scope, titles] of scopes) expect(partsOfPolicy(someInstance(), scope, titles).path).toMatch(matched);
    for (const path of ['/Starter.policy.xml', '/home/me/azure-api-management/a/Starter.policy.xml', '/azure-api-management/Starter.policy.xml', '/azure-api-management/a/policy.xml']) {
      expect(path).not.toMatch(matched);
    }
  });

  it('is never saved automatically', () => {
    expect(manifest.contributes.configurationDefaults['[azureml-policy]']).toEqual({ 'files.autoSave': 'off' });
  });
});

describe('README', () => {
  it.each(manifest.contributes.commands.filter((each) => !(manifest.contributes.menus.commandPalette).some((hidden) => hidden.command === each.command)))('tells of the command $title', ({ title }) => {
    expect(readme).toContain(title.replace('…', ''));
  });

  it.each(Object.keys(manifest.contributes.configuration.properties))('tells of the setting %s', (id) => {
    expect(readme).toContain(`\`${id}\``);
  });

  it('opens with the two commands', () => {
    expect(readme.slice(0, 3000)).toContain('npm start');
    expect(readme.slice(0, 3000)).toContain('npm test');
  });
});
