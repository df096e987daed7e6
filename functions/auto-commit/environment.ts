import { z } from 'zod';
import { runtimeEnvironment, tableEnvironment } from '../../lib/lambda/index.ts';

/** What the auto-commit function reads of its environment. */
export const autoCommitEnvironment = z.object({
  ...runtimeEnvironment,
  ...tableEnvironment,
  COMMIT_QUEUE_URL: z.url(),
});
