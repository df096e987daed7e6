import type { SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { limitsSource, SHUTDOWN_MARGIN_MS } from '../limits/index.ts';
import type { Runtime } from './runtime.ts';

/** The environment variables that say where the limits are, and what the deployment has fixed that they must fit. */
export const limitsEnvironment = {
  LIMITS_PATH: z.string().startsWith('/'),
  MAX_RECEIVE_COUNT: z.coerce.number<string>().int().min(1),
  COMMIT_FUNCTION_TIMEOUT_MS: z.coerce.number<string>().int().min(1),
  FOLLOW_UP_FUNCTION_TIMEOUT_MS: z.coerce.number<string>().int().min(1),
  /** What the deployment sets: JSON, by limit, as text. Default nothing. */
  LIMITS_AT_DEPLOYMENT: z
    .string()
    .default('{}')
    .pipe(z.preprocess((text) => JSON.parse(String(text)), z.record(z.string(), z.string()))),
};

type LimitsEnvironment = z.output<z.ZodObject<typeof limitsEnvironment>>;

/**
 * The limits in effect, as `limitsSource` reads them.
 *
 * @param variables the function's whole environment, in which a limit may be set in an emergency.
 */
export function limitsFromEnvironment(
  environment: LimitsEnvironment,
  {
    ssm,
    clock,
    random,
    onEvent,
    variables,
  }: {
    readonly ssm: SSMClient;
    readonly variables: Readonly<Record<string, string | undefined>>;
  } & Pick<Runtime, 'clock' | 'random' | 'onEvent'>,
): ReturnType<typeof limitsSource> {
  return limitsSource({
    ssm,
    path: environment.LIMITS_PATH,
    deployment: {
      commitFunctionTimeoutMs: environment.COMMIT_FUNCTION_TIMEOUT_MS,
      followUpFunctionTimeoutMs: environment.FOLLOW_UP_FUNCTION_TIMEOUT_MS,
      marginMs: SHUTDOWN_MARGIN_MS,
      maxReceiveCount: environment.MAX_RECEIVE_COUNT,
    },
    set: { deployed: environment.LIMITS_AT_DEPLOYMENT, variables },
    clock,
    random,
    onEvent,
  });
}
