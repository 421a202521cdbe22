// Reads what people read, with textlint: Markdown, and comments and texts of TypeScript. `terms.json` lists phrases that
// nobody needs, with what to say instead; docs/writing.md says why. Arguments name files or folders; the default is everything.
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TextlintKernelDescriptor } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import textlint from 'textlint';
import terminology from 'textlint-rule-terminology';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));

const EVERYTHING = ['*.md', '{bench,chatgpt,docs,local,migrations,packages,src,test}/**/*.{md,ts}'];
const LEFT_OUT = /(^|\/)(node_modules|dist|\.data)\//;

const descriptor = new TextlintKernelDescriptor({
  rules: [
    {
      ruleId: 'terminology',
      rule: terminology,
      options: { defaultTerms: false, skip: [], terms: require(join(here, 'terms.json')) },
    },
  ],
  filterRules: [],
  plugins: [
    { pluginId: 'markdown', plugin: markdown.default ?? markdown },
    { pluginId: 'typescript', plugin: require('./textlint-typescript.cjs') },
  ],
});

const patterns = process.argv.length > 2 ? process.argv.slice(2) : EVERYTHING;
const files = patterns.flatMap((pattern) => globSync(pattern)).filter((file) => !LEFT_OUT.test(file));
const results = await textlint.createLinter({ descriptor }).lintFiles(files);
const formatter = await textlint.loadLinterFormatter({ formatterName: 'unix' });
const output = formatter.format(results);
if (output !== '') console.log(output);
console.log(`prose: ${results.length} files read`);
process.exitCode = results.length > 0 && results.every(({ messages }) => messages.length === 0) ? 0 : 1;
