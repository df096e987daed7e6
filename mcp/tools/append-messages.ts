import { z } from 'zod';
import { appendViewSchema, idempotencyKeySchema } from '../../lib/api/index.ts';
import { newMessagesSchema } from '../../lib/session/index.ts';
import { InvalidArgumentError } from '../errors.ts';
import { sessionArgument } from '../session-argument.ts';
import { addsOnce, makeTool } from '../tool.ts';

export const appendMessages = makeTool({
  name: 'append_messages',
  title: 'Append messages',
  description:
    'Stores messages at the end of a session, in order, all of them or none. Give each message an id, or the whole append an idempotencyKey: when you repeat the call because you saw no answer, nothing is then stored twice.',
  annotations: addsOnce,
  about: 'session',
  input: z.strictObject({
    session: sessionArgument,
    messages: newMessagesSchema.describe('1 to 100 messages, at most 256 KiB of JSON, oldest first.'),
    idempotencyKey: idempotencyKeySchema
      .describe(
        'Calls with the same key are one append, for 12 hours: choose a new one for each append, and repeat it with the call. Needed unless every message has an id.',
      )
      .exactOptional(),
  }),
  output: appendViewSchema,
  async run({ session, messages, ...options }, { client, signal }) {
    if (options.idempotencyKey === undefined && messages.some(({ id }) => id === undefined)) {
      throw new InvalidArgumentError(
        'idempotencyKey',
        'must be given, unless every message has an id: without either, a repeat of this call would store the messages twice',
      );
    }
    return { view: await client.append(session, messages, { ...options, signal }) };
  },
});
