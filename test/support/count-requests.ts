import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Counts the requests of a client that are under way, from `send` to its answer, repetitions included. */
export function countRequests({ middlewareStack }: DynamoDBClient) {
  let underWay = 0;
  const waiting: (() => void)[] = [];

  middlewareStack.add(
    (next) => async (request) => {
      underWay += 1;
      try {
        return await next(request);
      } finally {
        underWay -= 1;
        if (underWay === 0) for (const wake of waiting.splice(0)) wake();
      }
    },
    { step: 'initialize', priority: 'high', name: 'countRequests' },
  );

  return {
    /** Resolves once no request is under way. */
    async idle(): Promise<void> {
      while (underWay > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
