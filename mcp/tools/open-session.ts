import { z } from 'zod';
import { sessionViewSchema } from '../../lib/api/index.ts';
import { nameSchema, titleSchema } from '../../lib/session/index.ts';
import { OtherScopeError } from '../errors.ts';
import { sessionArgument } from '../session-argument.ts';
import { addsOnce, makeTool } from '../tool.ts';

const openedSessionSchema = sessionViewSchema
  .unwrap()
  .pick({ sessionId: true, scope: true, title: true, createdAt: true, archiveCount: true });

export const openSession = makeTool({
  name: 'open_session',
  title: 'Open a session',
  description:
    'Creates a session, or returns the one of that id as it is. A session must be there before messages are appended to it.',
  annotations: addsOnce,
  about: 'new-session',
  input: z.strictObject({
    session: sessionArgument,
    scope: nameSchema
      .describe("Whose memories it feeds; those of the token's user unless given. Only of a new session.")
      .exactOptional(),
    title: titleSchema
      .describe('What people call it: 1 to 200 characters. Only of a new session.')
      .exactOptional(),
  }),
  output: openedSessionSchema,
  async run({ session, ...settings }, { client, signal }) {
    const opened = await client.createSession(session, settings, { signal });
    const { scope = opened.scope } = settings;
    if (opened.scope !== scope) throw new OtherScopeError(session, scope);
    return {
      view: {
        sessionId: opened.sessionId,
        scope,
        ...(opened.title !== undefined && { title: opened.title }),
        createdAt: opened.createdAt,
        archiveCount: opened.archiveCount,
      },
    };
  },
});
