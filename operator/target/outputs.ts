import { z } from 'zod';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { type Deployment, SHUTDOWN_MARGIN_MS } from '../../lib/limits/index.ts';
import { redactionModes } from '../../lib/redaction/index.ts';

/** The stack cannot be found, or is not one of ours. */
export class StackError extends CommitlaneError {
  override readonly name = 'StackError';
  readonly code = 'stack';
}

const ms = z.coerce.number().int().min(1);

const outputsSchema = z.object({
  ApiUrl: z.url(),
  TableName: z.string().min(1),
  LimitsPath: z.string().startsWith('/'),
  CommitQueueUrl: z.url(),
  CommitDeadLetterQueueUrl: z.url(),
  FollowUpQueueUrl: z.url(),
  FollowUpDeadLetterQueueUrl: z.url(),
  EventBusName: z.string().min(1).optional(),
  CommitFunctionTimeoutMs: ms,
  FollowUpFunctionTimeoutMs: ms,
  MaxReceiveCount: ms,
  LeaseStore: z.enum(['dynamodb', 'upstash']),
  /** Such as `bedrock:<model id>`. */
  Model: z.string().min(1),
  ModelBaseUrl: z.string().optional(),
  ModelKeyParameter: z.string().optional(),
  /** Likewise; absent where the stack finds by words alone. */
  EmbeddingModel: z.string().min(1).optional(),
  EmbeddingUrl: z.string().optional(),
  EmbeddingKeyParameter: z.string().optional(),
  EmbeddingDimensions: z.coerce.number().int().optional(),
  /** What may be sent to the embedding model. */
  Redact: z.enum(redactionModes).default('memories'),
});

/** What a stack says of itself: where its parts are, and what it was deployed with. */
export type Outputs = z.output<typeof outputsSchema>;

/** What begins the names of outputs where Commitlane is a construct in a stack of somebody else. */
const PREFIX = 'Commitlane';

/** @throws StackError naming each output that is missing or wrong. */
export function parseOutputs(stackName: string, outputs: Readonly<Record<string, string>>): Outputs {
  const parsed = outputsSchema.safeParse({ ...outputs, ...withoutPrefix(outputs) });
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
  throw new StackError(
    `Stack ${stackName} is not a Commitlane stack of this version: its outputs ${names.join(', ')} are missing or wrong. ` +
      'Deploy it again (npx cdk deploy), or name another with --stack.',
  );
}

function withoutPrefix(outputs: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(outputs).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(PREFIX.length), value]));
}

/** What the deployment has fixed, and limits must fit. */
export function deploymentOf(outputs: Outputs): Deployment {
  return {
    commitFunctionTimeoutMs: outputs.CommitFunctionTimeoutMs,
    followUpFunctionTimeoutMs: outputs.FollowUpFunctionTimeoutMs,
    marginMs: SHUTDOWN_MARGIN_MS,
    maxReceiveCount: outputs.MaxReceiveCount,
  };
}
