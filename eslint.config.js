import js from '@eslint/js';
import next from '@next/eslint-plugin-next';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import house from './scripts/lib/house-rules.mjs';

const tests = ['**/*.test.{ts,tsx}', 'apps/server/test/**', 'packages/*/test/**', 'faults/**', 'e2e/**'];
const projects = ['apps/*/tsconfig.json', 'packages/*/tsconfig.json', 'tsconfig.tests.json'];

export default defineConfig(
  {
    ignores: [
      '**/dist/',
      '**/out/',
      '**/out.new/',
      '**/out.old/',
      '**/.next/',
      '.cache/',
      'data/',
      'coverage/',
      'apps/web/public/',
      '**/next-env.d.ts',
      '**/*.d.mts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: projects, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // With noUncheckedIndexedAccess, `rows[0]!` after a statement that returns one row says just that.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Spreading a string by code point is what we mean.
      '@typescript-eslint/no-misused-spread': 'off',
      // Numbers read well in a sentence.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowNullish: true }],
      // A Nest module is a class with nothing but its decorator; a gateway may be one constructor.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowConstructorOnly: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Options of the framework are classes that one fills with literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['apps/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.ts'],
    ignores: tests,
    plugins: { house },
    rules: { 'house/wrapped-libraries': 'error', 'house/one-emitter': 'error', 'house/one-environment': 'error' },
  },
  { files: ['apps/server/src/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat['recommended-latest']],
    plugins: { '@next/next': next },
    settings: { next: { rootDir: 'apps/web' } },
    rules: {
      ...next.configs.recommended.rules,
      ...next.configs['core-web-vitals'].rules,
      '@next/next/no-html-link-for-pages': 'off',
      // Both speak to the React Compiler, which is not used here.
      'react-hooks/incompatible-library': 'off',
      'react-hooks/preserve-manual-memoization': 'off',
    },
  },
  {
    files: tests,
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      // A test double keeps the shape of what it stands for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    files: ['**/*.{cjs,mjs,js}'],
    extends: [js.configs.recommended],
    languageOptions: { ecmaVersion: 2024, globals: globalsOfNode() },
  },
);

function globalsOfNode() {
  const names = [...Object.getOwnPropertyNames(globalThis), 'require', 'module', '__dirname'];
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
