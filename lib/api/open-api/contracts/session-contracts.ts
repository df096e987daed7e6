import { createSessionBody } from '../../operations/create-session.ts';
import { deleteSessionQuery } from '../../operations/delete-session.ts';
import { listSessionsQuery } from '../../operations/list-sessions.ts';
import { updateSessionBody } from '../../operations/update-session.ts';
import { pageQuerySchema } from '../../page.ts';
import {
  type SessionsView,
  type SessionView,
  sessionsViewSchema,
  sessionViewSchema,
} from '../../views/index.ts';
import type { ContractGroup } from '../contract.ts';

const session = {
  sessionId: 'tea',
  scope: 'ann',
  title: 'Tea or coffee',
  memoryCategories: ['profile', 'preference'],
  createdAt: '2026-01-01T12:00:00.000Z',
  activeAt: '2026-01-01T12:00:00.000Z',
  archiveCount: 0,
  live: [],
} satisfies SessionView;

export const sessionContracts = {
  name: 'Sessions',
  about: 'A session is an append-only list of messages. It feeds the memories of a scope.',
  contracts: {
    listSessions: {
      does: "Returns a page of the tenant's sessions, or of a scope's, newest activity first",
      details:
        'Between pages, the order is exact to an hour. A list lags behind by a fraction of a second as a rule. A session that is appended to while you read pages moves to the first page. A page holds at most 100 sessions.',
      query: listSessionsQuery,
      answers: { 200: { means: 'A page of sessions.', view: sessionsViewSchema } },
      problems: [],
      example: {
        query: { scope: 'ann', limit: 1 },
        answer: {
          sessions: [
            {
              sessionId: 'tea',
              scope: 'ann',
              title: 'Tea or coffee',
              createdAt: '2026-01-01T12:00:00.000Z',
              activeAt: '2026-01-02T12:00:00.000Z',
              appendedMessages: 12,
              liveAppends: 4,
              archiveCount: 1,
            },
          ],
          nextAfter: '1767355200.tea',
        } satisfies SessionsView,
      },
    },
    createSession: {
      does: 'Creates a session',
      details: 'A session that is there already is returned as it is: its first settings stay.',
      repeated: 'It changes nothing.',
      body: { schema: createSessionBody, isRequired: false },
      answers: {
        201: { means: 'The session is created.', view: sessionViewSchema },
        200: { means: 'The session was there already.', view: sessionViewSchema },
      },
      problems: ['session-deleted'],
      example: {
        body: { title: 'Tea or coffee', memoryCategories: ['profile', 'preference'] },
        answer: session,
      },
    },
    getSession: {
      does: 'Returns a session: its settings, a page of its live messages, its last archive, its running commit',
      details:
        'Live messages are those that no commit has taken. A page holds whole appends, and `limit` counts appends, not messages.',
      query: pageQuerySchema,
      answers: { 200: { means: 'The session.', view: sessionViewSchema } },
      problems: ['session-not-found'],
      example: {
        answer: {
          ...session,
          live: [
            {
              id: 'm1',
              role: 'user',
              content: 'I prefer tea to coffee.',
              at: '2026-01-01T12:00:00.000Z',
              position: 1,
            },
          ],
        } satisfies SessionView,
      },
    },
    updateSession: {
      does: 'Changes settings of a session: those that are given',
      details:
        'At least one setting must be given. Archives that are followed up already stay as they are. A new policy applies to messages that are live already, too. A session feeds at most 51 scopes in its life.',
      repeated: 'It changes nothing.',
      body: { schema: updateSessionBody, isRequired: true },
      answers: { 200: { means: 'The session as it is now.', view: sessionViewSchema } },
      problems: ['session-not-found', 'too-many-scopes'],
      example: { body: { title: 'Tea' }, answer: { ...session, title: 'Tea' } satisfies SessionView },
    },
    deleteSession: {
      does: 'Deletes a session, its archives and its commits',
      details:
        'With `memories=true` also the memories that rest on this session alone. Its id is not used again.',
      repeated: 'It continues where the last one ended; 404 when nothing is left.',
      query: deleteSessionQuery,
      answers: { 204: { means: 'The session is deleted.' } },
      problems: ['session-not-found'],
      example: { query: { memories: true } },
    },
  },
} as const satisfies ContractGroup;
