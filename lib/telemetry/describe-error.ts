import { CommitlaneError } from '../errors/index.ts';

const MAX_CAUSES = 5;
const MAX_FRAMES = 10;

export interface ErrorDescription {
  readonly name: string;
  readonly code?: string | number;
  readonly message?: string;
  /** Where it was thrown. */
  readonly stack?: readonly string[];
  readonly cause?: ErrorDescription;
}

/**
 * An error, as it may be logged. The message of an error that is neither ours nor of the AWS SDK is left out, and the
 * place where it was thrown shown in its stead: a parser quotes what it could not parse, and that may be what people
 * wrote.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(speaksOfItself(error) ? { message } : { stack: framesOf(error) }),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: describeError(cause, depth + 1) }),
  };
}

function speaksOfItself(error: Error): boolean {
  return error instanceof CommitlaneError || '$metadata' in error;
}

function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, MAX_FRAMES);
}
