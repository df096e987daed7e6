import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Pricing } from './count-requests.ts';
import { refusedUnits } from './refused-units.ts';
import { targetOf } from './target-of.ts';

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

const unitsSchema = z.object({ CapacityUnits: z.number() });
const outputSchema = z.looseObject({
  ConsumedCapacity: z.union([unitsSchema, z.array(unitsSchema)]),
});

/**
 * Prices requests to the table by the capacity that their answers report, and, where the emulator reports less than AWS
 * bills, by AWS's rule: a refused write, and a query that finds nothing.
 *
 * @param reader a client whose own requests are not counted.
 */
export function tablePricing(reader: DynamoDBClient): Pricing {
  return {
    ask: (_operation, body) => ({ ...body, ReturnConsumedCapacity: 'TOTAL' }),

    async price({ operation, body, output, error }) {
      const target = targetOf(body);
      if (error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException) {
        return { target, writeUnits: await refusedUnits(reader, body), readUnits: 0, refused: true };
      }
      if (error !== undefined) return undefined;
      const { ConsumedCapacity } = outputSchema.parse(output);
      const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
      return WRITES.has(operation)
        ? { target, writeUnits: units, readUnits: 0, refused: false }
        : { target, writeUnits: 0, readUnits: Math.max(1, units), refused: false };
    },
  };
}
