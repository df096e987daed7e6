import { z } from 'zod';
import {
  extractionEnvironment,
  leaseStoreEnvironment,
  limitsEnvironment,
  runtimeEnvironment,
  tableEnvironment,
} from '../../lib/lambda/index.ts';

/** What the API function reads of its environment. */
export const apiEnvironment = z.object({
  ...runtimeEnvironment,
  ...tableEnvironment,
  ...limitsEnvironment,
  // A deletion takes the session's lease.
  ...leaseStoreEnvironment,
  ...extractionEnvironment,
  COMMIT_QUEUE_URL: z.url(),
  /** For archives that are extracted once more. */
  FOLLOW_UP_QUEUE_URL: z.url(),
});
