/** A second type after a semicolon means two commits. */
const SECOND_TYPE = /[;,] (build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\([\w-]+\))?!?: /;

export default {
  extends: ['@commitlint/config-conventional'],
  plugins: [
    {
      rules: {
        'one-type': ({ header }) => [
          !SECOND_TYPE.test(header ?? ''),
          'one type in a subject: make two commits',
        ],
      },
    },
  ],
  rules: {
    'header-max-length': [2, 'always', 72],
    'one-type': [2, 'always'],
    // Names of classes and files keep their case.
    'subject-case': [0],
    'body-max-line-length': [2, 'always', 100],
  },
};
