import type { Item, Table } from 'dynalite/db/index.js';
import { z } from 'zod';
import { tableError } from './table-error.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_VectorIndex.html */
const MAX_DIMENSIONS = 4_096;

/** What this emulator makes of vector indexes: those that search the vectors of one partition by their angle. */
export const vectorIndexesSchema = z.array(
  z.object({
    IndexName: z.string(),
    VectorAttribute: z.object({ AttributeName: z.string() }),
    Dimensions: z.int().min(1).max(MAX_DIMENSIONS),
    DistanceFunction: z.literal('COSINE'),
    SearchSchema: z.tuple([
      z.object({ AttributeName: z.string(), SearchSchemaElementType: z.literal('HASH') }),
    ]),
    Projection: z.object({
      ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
      NonKeyAttributes: z.array(z.string()).optional(),
    }),
  }),
);

export type VectorIndex = z.output<typeof vectorIndexesSchema>[number];

/** The vector indexes of a table that `createTable` made. */
export function vectorIndexesOf(table: Table): readonly VectorIndex[] {
  const indexes = table['VectorIndexes'];
  return indexes === undefined ? [] : vectorIndexesSchema.parse(indexes);
}

/** What keeps an item from being written: a vector that does not fit its index. Messages are AWS's. */
export function vectorErrorOf(item: Item, table: Table): Error | undefined {
  for (const { IndexName, VectorAttribute, Dimensions } of vectorIndexesOf(table)) {
    const name = VectorAttribute.AttributeName;
    const value = item[name];
    if (value === undefined) continue;
    const problem = problemOf(name, value, Dimensions);
    if (problem)
      return tableError(
        'ValidationException',
        `One or more parameter values were invalid: ${problem}. IndexName: ${IndexName}`,
      );
  }
  return undefined;
}

function problemOf(name: string, value: object, dimensions: number): string | undefined {
  const numbers = 'L' in value && Array.isArray(value.L) ? value.L : undefined;
  const typeOf = (one: object) => Object.keys(one).join();
  if (!numbers) return `Invalid type for parameter ${name}, Expected: L, Actual: ${typeOf(value)}`;
  const wrong = numbers.findIndex((one: object) => !('N' in one));
  if (wrong >= 0)
    return `Invalid type for parameter ${name}[${wrong}], Expected: N, Actual: ${typeOf(numbers[wrong])}`;
  return numbers.length === dimensions
    ? undefined
    : `Invalid size for parameter ${name}, Expected: ${dimensions}, Actual: ${numbers.length}`;
}
