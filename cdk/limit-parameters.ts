import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { firstParameters } from '../lib/limits/index.ts';

/**
 * The parameters of limits as every stack has had them since the first one. Nothing of them may change, and none may go:
 * CloudFormation would write its value over what an operator has set. What holds instead of a default is told to functions
 * (`useLimits`), and a limit that is new has no parameter until an operator sets it.
 */
const parameters = [
  {
    name: 'lease.ttlMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description:
      'How soon a dead holder of the lease on a session is replaced; a living one renews every third of it. In ms, from 1000 to 300000.',
  },
  {
    name: 'lease.retryIntervalMs',
    pattern: '^[1-9][0-9]{0,4}$',
    description:
      'The longest wait between two attempts to get the lease on a session; the wait itself is random. In ms, from 10 to 10000.',
  },
  {
    name: 'lease.maxRetries',
    pattern: '^(0|[1-9][0-9]{0,3})$',
    description:
      'Attempts to get the lease on a session after the first; 0 means one attempt. In retries, from 0 to 1000.',
  },
  {
    name: 'lease.acquireTimeoutMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description:
      'From the first attempt to get the lease on a session to the last. In ms, from 100 to 120000.',
  },
  {
    name: 'lease.onExhausted',
    pattern: '^(retry-later|dead-letter|skip)$',
    description:
      'What becomes of work that does not get the lease on a session: retry-later, dead-letter, skip.',
  },
  {
    name: 'memoryLease.ttlMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description:
      "How soon a dead holder of the lease on a scope's memories is replaced; a living one renews every third of it. In ms, from 1000 to 300000.",
  },
  {
    name: 'memoryLease.retryIntervalMs',
    pattern: '^[1-9][0-9]{0,4}$',
    description:
      "The longest wait between two attempts to get the lease on a scope's memories; the wait itself is random. In ms, from 10 to 10000.",
  },
  {
    name: 'memoryLease.maxRetries',
    pattern: '^(0|[1-9][0-9]{0,3})$',
    description:
      "Attempts to get the lease on a scope's memories after the first; 0 means one attempt. In retries, from 0 to 1000.",
  },
  {
    name: 'memoryLease.acquireTimeoutMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description:
      "From the first attempt to get the lease on a scope's memories to the last. In ms, from 100 to 120000.",
  },
  {
    name: 'memoryLease.onExhausted',
    pattern: '^(retry-later|dead-letter|skip)$',
    description:
      "What becomes of work that does not get the lease on a scope's memories: retry-later, dead-letter, skip.",
  },
  {
    name: 'commit.deadlineMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description:
      'The whole of a commit, from its delivery to the end of clearing; independent of the lease. In ms, from 1000 to 540000.',
  },
  {
    name: 'followUp.deadlineMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description: 'The whole of a follow-up: summary, extraction and merge. In ms, from 1000 to 840000.',
  },
  {
    name: 'followUp.summaryTimeoutMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description: 'One attempt at a summary. In ms, from 100 to 780000.',
  },
  {
    name: 'followUp.extractionTimeoutMs',
    pattern: '^[1-9][0-9]{0,5}$',
    description: 'One attempt at extracting memories. In ms, from 100 to 780000.',
  },
  {
    name: 'followUp.onSummaryTimeout',
    pattern: '^(fail|fallback|skip)$',
    description: 'What becomes of a summary whose time is up: fail, fallback, skip.',
  },
  {
    name: 'followUp.onExtractionTimeout',
    pattern: '^(fail|fallback|skip)$',
    description: 'What becomes of an extraction whose time is up: fail, fallback, skip.',
  },
] as const;

/** One SSM parameter for each limit of the first version. As they are deployed, they set nothing. */
export class LimitParameters extends Construct {
  constructor(scope: Construct, id: string, { path }: { readonly path: string }) {
    super(scope, id);
    for (const { name, pattern, description } of parameters) {
      new StringParameter(this, name, {
        parameterName: `${path}/${name}`,
        description,
        allowedPattern: pattern,
        stringValue: firstParameters[name],
      });
    }
  }
}
