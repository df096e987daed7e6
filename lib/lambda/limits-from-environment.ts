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
};

type LimitsEnvironment = z.output<z.ZodObject<typeof limitsEnvironment>>;

/** The limits in effect, as `limitsSource` reads them. */
export function limitsFromEnvironment(
  environment: LimitsEnvironment,
  {
    ssm,
    clock,
    random,
    onEvent,
  }: { readonly ssm: SSMClient } & Pick<Runtime, 'clock' | 'random' | 'onEvent'>,
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
    clock,
    random,
    onEvent,
  });
}
