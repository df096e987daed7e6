import { z } from 'zod';
import { runtimeEnvironment } from '../../lib/lambda/index.ts';

/** What the events function reads of its environment. */
export const eventsEnvironment = z.object({
  ...runtimeEnvironment,
  EVENT_BUS_NAME: z.string().min(1),
});
