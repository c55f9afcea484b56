// package.json and the code agree: ids, settings, what is trusted, what ships, what the README tells.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import { command, contextKey, panel, prefix, setting, view } from '../../../src/editor/ids';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
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
