import { nameSchema } from '../lib/session/index.ts';

/** Which session a tool is about. */
export const sessionArgument = nameSchema.describe('The id of the session.');
