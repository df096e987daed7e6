import { z } from 'zod';
import { invalidRequest } from './table-error.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MAX_OPERATIONS = 100;
const MAX_TOKEN_LENGTH = 36;

const common = {
  TableName: z.string(),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.unknown().optional(),
  ExpressionAttributeValues: z.unknown().optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).optional(),
};
const attributes = z.record(z.string(), z.record(z.string(), z.unknown()));

const operationSchema = z
  .object({
    ConditionCheck: z.object({ ...common, Key: attributes, ConditionExpression: z.string() }).optional(),
    Put: z.object({ ...common, Item: attributes }).optional(),
    Update: z.object({ ...common, Key: attributes, UpdateExpression: z.string() }).optional(),
    Delete: z.object({ ...common, Key: attributes }).optional(),
  })
  .transform(({ ConditionCheck, Put, Update, Delete }, context) => {
    const given = [
      ConditionCheck && ({ kind: 'ConditionCheck', request: ConditionCheck } as const),
      Put && ({ kind: 'Put', request: Put } as const),
      Update && ({ kind: 'Update', request: Update } as const),
      Delete && ({ kind: 'Delete', request: Delete } as const),
    ].filter((one) => one !== undefined);
    const [operation] = given;
    if (operation && given.length === 1) return operation;
    context.addIssue({
      code: 'custom',
      message: 'TransactItems can only contain one of Check, Put, Update or Delete',
    });
    return z.NEVER;
  });

/** One of the writes or checks of a transaction, as it was sent. */
export type TransactionOperation = z.infer<typeof operationSchema>;

const transactionSchema = z.object({
  TransactItems: z.array(operationSchema).min(1).max(MAX_OPERATIONS),
  ClientRequestToken: z.string().min(1).max(MAX_TOKEN_LENGTH).optional(),
  ReturnConsumedCapacity: z.enum(['TOTAL', 'INDEXES', 'NONE']).default('NONE'),
});

export type Transaction = z.infer<typeof transactionSchema>;

/** Reads a request's body. @throws TableError, a `ValidationException`, for one that is no transaction. */
export function readTransaction(body: unknown): Transaction {
  const parsed = transactionSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error);
}
