import { createHash } from 'node:crypto';
import type { Clock } from '../../../lib/clock/index.ts';
import type { Transaction } from './read-transaction.ts';
import { tableError } from './table-error.ts';

/** How long DynamoDB knows a token, from the end of its request on. */
const KNOWN_MS = 10 * 60_000;

interface Known {
  readonly digest: string;
  readonly answer: object;
  readonly untilMs: number;
}

/** Has a request that is repeated with its token take effect once. Tokens are known as long as the process runs. */
export function requestTokens({ now }: Pick<Clock, 'now'>) {
  const running = new Map<string, string>();
  /** In the order in which they ended, and so in which they are forgotten. */
  const ended = new Map<string, Known>();

  function forget(): void {
    for (const [token, { untilMs }] of ended) {
      if (untilMs > now()) return;
      ended.delete(token);
    }
  }

  return {
    /**
     * Runs a request, or gives the answer that the same one got before.
     *
     * @throws TableError: IdempotentParameterMismatchException, TransactionInProgressException; and what `run` throws,
     * after which the token is free again.
     */
    async once(transaction: Transaction, run: () => Promise<object>): Promise<object> {
      const { ClientRequestToken: token, TransactItems } = transaction;
      if (token === undefined) return run();
      forget();
      const digest = createHash('sha256').update(JSON.stringify(TransactItems)).digest('base64');
      const before = ended.get(token);
      if ((before?.digest ?? running.get(token) ?? digest) !== digest) throw otherRequest();
      if (before) return before.answer;
      if (running.has(token)) throw inProgress();
      running.set(token, digest);
      try {
        const answer = await run();
        ended.set(token, { digest, answer, untilMs: now() + KNOWN_MS });
        return answer;
      } finally {
        running.delete(token);
      }
    },
  };
}

const otherRequest = () =>
  tableError(
    'IdempotentParameterMismatchException',
    'The same client request token was used with different parameters.',
  );

const inProgress = () =>
  tableError(
    'TransactionInProgressException',
    'A transaction with the same client request token is in progress.',
  );
