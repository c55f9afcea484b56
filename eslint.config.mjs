// What machines hold for us: types that are not checked, promises that float, casts, default exports.

import tseslint from 'typescript-eslint';
import { texts } from './lint/texts.mjs';
import { untranslated } from './lint/untranslated.mjs';

/** @type {['error', { listed: boolean }]} */
const listed = ['error', { listed: true }];

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'media/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'No default exports.' }],
    },
  },
  { files: ['*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['src/**/*.ts', 'media/**/*.ts'],
    ignores: ['src/base/shape.ts'],
    rules: { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }] },
  },
  {
    files: ['src/**/*.ts', 'media/**/*.ts'],
    plugins: { texts },
    rules: { 'texts/calls': 'error' },
  },
  {
    files: ['src/**/*.ts', 'media/**/*.ts'],
    // What these say stays English: what services and programs are told on the wire, comments in programs that are copied, files that are
    // the same for whoever writes them, and examples that do not ship.
    ignores: [
      'src/sample/**', 'src/inspect/**', 'src/protocols/studio/code/**', 'src/protocols/studio/publishing/**',
      'src/features/apim/definition/files/**', 'media/kit/examples/**',
      ...untranslated,
    ],
    rules: { 'texts/bare': 'error' },
  },
  ...(untranslated.length === 0 ? [] : [{ files: [...untranslated], rules: { 'texts/bare': listed } }]),
);
