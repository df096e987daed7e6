import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { cancellationCodes } from '../aws-errors/index.ts';

/** What became of a transaction. */
type TransactionOutcome =
  | { readonly done: true }
  /**
   * Nothing was written. `failed` has the operations whose conditions did not hold: indexes into the request, from 0.
   * It is empty where another transaction was at one of the items.
   */
  | { readonly done: false; readonly failed: readonly number[] };

/** Runs requests to the table, and says what their failures mean. */
export interface Attempts {
  /**
   * Runs one request. A condition that did not hold is for the caller to understand, and thrown as it is, also that of a
   * transaction.
   */
  attempt<T>(operation: string, request: () => Promise<T>): Promise<T>;
  /** Runs one conditional request; undefined when its condition, or one of a transaction's, did not hold. */
  attemptIf<T>(operation: string, request: () => Promise<T>): Promise<T | undefined>;
  /**
   * Runs one transaction. If a condition did not hold, that is the answer, even if other operations met another
   * transaction: the same conditions would not hold the next time either.
   */
  attemptTransaction(operation: string, request: () => Promise<unknown>): Promise<TransactionOutcome>;
}

/** @param toError what an error of the database's client means; all methods throw it. */
export function attempts(toError: (operation: string, error: unknown) => Error): Attempts {
  async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw isFailedCondition(error) ? error : toError(operation, error);
    }
  }

  return {
    attempt,
    async attemptIf(operation, request) {
      try {
        return await attempt(operation, request);
      } catch (error) {
        if (isFailedCondition(error)) return undefined;
        throw error;
      }
    },
    async attemptTransaction(operation, request) {
      try {
        await request();
        return { done: true };
      } catch (error) {
        const failed = failedConditions(error);
        if (failed.length > 0 || cancellationCodes(error).includes('TransactionConflict'))
          return { done: false, failed };
        throw error instanceof ConditionalCheckFailedException ? error : toError(operation, error);
      }
    },
  };
}

const isFailedCondition = (error: unknown) =>
  error instanceof ConditionalCheckFailedException || failedConditions(error).length > 0;

function failedConditions(error: unknown): number[] {
  return cancellationCodes(error).flatMap((code, index) =>
    code === 'ConditionalCheckFailed' ? [index] : [],
  );
}
