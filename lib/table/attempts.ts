import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Runs requests to the table, and says what their failures mean. */
export interface Attempts {
  /** Runs one request. A condition that did not hold is for the caller to understand, and thrown as it is. */
  attempt<T>(operation: string, request: () => Promise<T>): Promise<T>;
  /** Runs one conditional request; undefined when its condition did not hold. */
  attemptIf<T>(operation: string, request: () => Promise<T>): Promise<T | undefined>;
}

/** @param toError what an error of the database's client means; both methods throw it. */
export function attempts(toError: (operation: string, error: unknown) => Error): Attempts {
  async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw error instanceof ConditionalCheckFailedException ? error : toError(operation, error);
    }
  }

  return {
    attempt,
    async attemptIf(operation, request) {
      try {
        return await attempt(operation, request);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },
  };
}
