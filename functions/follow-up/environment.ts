import { z } from 'zod';
import {
  embeddingEnvironment,
  extractionEnvironment,
  leaseStoreEnvironment,
  limitsEnvironment,
  modelEnvironment,
  runtimeEnvironment,
  tableEnvironment,
} from '../../lib/lambda/index.ts';
import { redactionModes } from '../../lib/redaction/index.ts';

/** What the follow-up function reads of its environment. */
export const followUpEnvironment = z.object({
  ...runtimeEnvironment,
  ...tableEnvironment,
  ...limitsEnvironment,
  ...leaseStoreEnvironment,
  ...extractionEnvironment,
  ...embeddingEnvironment,
  ...modelEnvironment,
  /** Where secrets are taken out. */
  REDACT: z.enum(redactionModes),
  FOLLOW_UP_QUEUE_URL: z.url(),
  FOLLOW_UP_DLQ_URL: z.url(),
});
