import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type Clock, startDeadline, untilAborted } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';

const TIMEOUT_MS = 3_000;

/** A secret could not be read. The value is never part of the message. */
class SecretUnavailableError extends CommitlaneError {
  override readonly name = 'SecretUnavailableError';
  readonly code = 'secret-unavailable';

  constructor(parameterName: string, reason: string, cause?: unknown) {
    super(
      `The SSM parameter ${parameterName} cannot be read: ${reason}. It must be a SecureString that this function may get.`,
      { cause, retry: { retryable: true, afterMs: 0 } },
    );
  }
}

/** The value of an SSM SecureString parameter, waited for no longer than 3 s. @throws SecretUnavailableError */
export async function readSecret(ssm: SSMClient, clock: Clock, name: string): Promise<string> {
  using deadline = startDeadline(
    clock,
    TIMEOUT_MS,
    () => new Error(`there was no answer in ${TIMEOUT_MS} ms`),
  );
  const { signal } = deadline;
  let value: string | undefined;
  try {
    const reading = ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }), {
      abortSignal: signal,
    });
    value = (await untilAborted(reading, signal)).Parameter?.Value?.trim();
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new SecretUnavailableError(name, reason, error);
  }
  if (!value) throw new SecretUnavailableError(name, 'it is empty');
  return value;
}
