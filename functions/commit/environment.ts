import { z } from 'zod';
import {
  leaseStoreEnvironment,
  limitsEnvironment,
  runtimeEnvironment,
  tableEnvironment,
} from '../../lib/lambda/index.ts';

/** What the commit function reads of its environment. */
export const commitEnvironment = z.object({
  ...runtimeEnvironment,
  ...tableEnvironment,
  ...limitsEnvironment,
  ...leaseStoreEnvironment,
  COMMIT_QUEUE_URL: z.url(),
  COMMIT_DLQ_URL: z.url(),
  FOLLOW_UP_QUEUE_URL: z.url(),
});
