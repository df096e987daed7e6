import { z } from 'zod';

const cancelledSchema = z.object({
  name: z.literal('TransactionCanceledException'),
  CancellationReasons: z.array(z.object({ Code: z.string().optional() })),
});

/**
 * Why each operation of a transaction was not done, in the order of the request: `None` for one that is not to blame
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html). Empty for any other error.
 */
export function cancellationCodes(error: unknown): readonly string[] {
  const parsed = cancelledSchema.safeParse(error);
  return parsed.success ? parsed.data.CancellationReasons.map(({ Code = 'None' }) => Code) : [];
}
