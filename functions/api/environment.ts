import { z } from 'zod';
import {
  embeddingEnvironment,
  extractionEnvironment,
  leaseStoreEnvironment,
  limitsEnvironment,
  runtimeEnvironment,
  tableEnvironment,
} from '../../lib/lambda/index.ts';
import { redactionModes } from '../../lib/redaction/index.ts';

/** What the API function reads of its environment. */
export const apiEnvironment = z.object({
  ...runtimeEnvironment,
  ...tableEnvironment,
  ...limitsEnvironment,
  // A deletion takes the session's lease.
  ...leaseStoreEnvironment,
  ...extractionEnvironment,
  ...embeddingEnvironment,
  /** Where secrets are taken out; unless nowhere, people cannot enter any. */
  REDACT: z.enum(redactionModes),
  COMMIT_QUEUE_URL: z.url(),
  /** For archives that are extracted once more. */
  FOLLOW_UP_QUEUE_URL: z.url(),
});
