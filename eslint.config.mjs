import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import perfectionist from 'eslint-plugin-perfectionist';
import tseslint from 'typescript-eslint';

const acrossFolders = {
  group: ['../*'],
  message: "Use the 'src/' alias across folders and './' within one, so that a file can move.",
};

// What Nest fills in may be longer than what a person writes: constructors, factories and decorated handlers.
const INJECTED = [
  'MethodDefinition[kind="constructor"] > FunctionExpression',
  'MethodDefinition[decorators.length>0] > FunctionExpression',
  'Property[key.name="useFactory"] > :function',
];
const parameterCounts = [
  ...INJECTED.map((selector) => ({
    selector: `${selector}[params.length>6]`,
    message: 'At most six things are injected: this does too much.',
  })),
  {
    selector: `:function[params.length>3]${INJECTED.map((selector) => `:not(${selector})`).join('')}`,
    message: 'At most three parameters: pass an object.',
  },
];

const importOrder = {
  type: 'unsorted',
  newlinesBetween: 'ignore',
  internalPattern: ['^src/'],
  groups: ['side-effect', 'builtin', 'external', 'internal', 'parent', ['sibling', 'index']],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.data/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended, comments.recommended],
    plugins: { perfectionist },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/require-await': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@eslint-community/eslint-comments/require-description': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...parameterCounts],
      'perfectionist/sort-imports': ['error', importOrder],
      'max-depth': ['error', 3],
      complexity: ['error', 15],
    },
  },
  {
    files: ['src/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.int-spec.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [acrossFolders] }] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**', '**/*.spec.ts', '**/*.int-spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only src/config reads the environment; inject a config slice.',
        },
      ],
    },
  },
  {
    files: [
      '**/*.spec.ts',
      '**/*.int-spec.ts',
      '**/*.e2e-spec.ts',
      '**/*.browser-spec.ts',
      '**/test/**/*.ts',
    ],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    // One migration is one list of statements, and a page of terms one text.
    files: ['migrations/**/*.ts', 'src/modules/site/http/{privacy,terms}.view.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['local/**/*.ts', 'bench/**/*.ts', 'packages/*/src/main.ts', 'packages/*/bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
