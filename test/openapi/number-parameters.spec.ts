import { globSync, readFileSync } from 'node:fs';
import { searchQuerySchema } from '../../src/modules/chapters/search/http/search.schema';
import { pageSizeSchema, rowIdSchema } from '../../src/modules/operators/http/operator.schema';

const PARAMETERS = [
  ['limit of a search', searchQuerySchema.shape.limit, 1, 20],
  ['page size of operators', pageSizeSchema, 1, 200],
  ['row id', rowIdSchema, 1, Number.MAX_SAFE_INTEGER],
] as const;

describe('numbers in queries and paths', () => {
  it.each(
    PARAMETERS.flatMap(([name, schema, min, max]) =>
      [min - 1, -7, max + 1, 1e300, 'x', '1.5', '', 'NaN', 'Infinity', '1 2'].map(
        (value) => [name, String(value), schema, min, max] as const,
      ),
    ),
  )('answer a %s of %j with the range', (_, value, schema, min, max) => {
    const messages = schema.safeParse(value).error?.issues.map(({ message }) => message);

    expect(new Set(messages)).toEqual(new Set([`must be ${min} to ${max}`]));
  });

  it.each(PARAMETERS)('accept a %s at both ends of its range', (_, schema, min, max) => {
    expect([min, max].map((value) => schema.parse(String(value)))).toEqual([min, max]);
  });

  it('use the one schema that names the range', () => {
    const others = globSync('src/**/http/*.ts')
      .filter((file) => !file.endsWith('whole-number.schema.ts'))
      .filter((file) => readFileSync(file, 'utf8').includes('coerce.number'));

    expect(others).toEqual([]);
  });
});
