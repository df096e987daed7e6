import { z } from 'zod';
import { ordinal, text } from './fields.ts';

export const appendViewSchema = z
  .strictObject({
    position: ordinal(
      'Where those of its messages are that were not stored before; of a duplicate, where the newest is.',
    ),
    messageIds: z.array(z.string()).readonly().describe('The id of each message, in order.'),
    positions: z
      .array(z.int().min(1).nullable())
      .readonly()
      .describe(
        'Where each message is, in the order of `messageIds`; `null` where that is not remembered any more.',
      ),
    duplicate: z
      .boolean()
      .describe('True when all of its messages were already stored, and nothing was written.'),
    autoCommit: z
      .strictObject({ commitId: text("The commit's id.") })
      .readonly()
      .exactOptional()
      .describe("The commit that this append made due, by the session's policy."),
  })
  .readonly()
  .meta({ id: 'AppendView', description: 'What became of an append.' });

export type AppendView = z.output<typeof appendViewSchema>;
