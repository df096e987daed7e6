import { appendMessagesBody } from '../../operations/append-messages.ts';
import { getContextQuery } from '../../operations/get-context.ts';
import { getMessageQuery } from '../../operations/get-message.ts';
import { searchSessionQuery } from '../../operations/search-session.ts';
import {
  type AppendView,
  anyContextViewSchema,
  appendViewSchema,
  type ContextView,
  type MessageHitsView,
  type MessageView,
  messageHitsViewSchema,
  messageViewSchema,
} from '../../views/index.ts';
import type { ContractGroup } from '../contract.ts';

export const messageContracts = {
  name: 'Messages',
  about: 'Messages are appended, found again, and put together as what a model is to be sent.',
  contracts: {
    appendMessages: {
      does: 'Appends 1 to 100 messages, at most 256 KiB of JSON, as one: all of them are stored, or none',
      details:
        'Messages are stored unaltered, or the request is refused: no key may stand twice in an object, texts hold no lone surrogates, and a double must represent each number exactly. A body is at most 1 MiB, nested at most 64 deep.',
      repeated:
        'With an `Idempotency-Key` the append is recognised as a whole for 12 hours; without one, an append whose messages all have an `id` is recognised message by message. The same key with other messages, or the same id with another message, is a 422. Any other append is stored each time it is sent.',
      takesIdempotencyKey: true,
      body: { schema: appendMessagesBody, isRequired: true },
      answers: {
        201: { means: 'The messages are stored.', view: appendViewSchema },
        200: { means: 'All of them were already stored; nothing was written.', view: appendViewSchema },
      },
      problems: ['session-not-found', 'append-too-large', 'idempotency-key-reused'],
      example: {
        body: { messages: [{ id: 'm1', role: 'user', content: 'I prefer tea to coffee.' }] },
        answer: {
          position: 1,
          messageIds: ['m1'],
          positions: [1],
          duplicate: false,
        } satisfies AppendView,
      },
    },
    getMessage: {
      does: 'Says where a message is: the receipt for an append that had no answer',
      details:
        'A message that was appended with an id of its own within the last 12 hours is found by its id. Any other is searched for, the newest first; what one request does not reach is `not-found-yet`. A 404 means that everything was searched.',
      query: getMessageQuery,
      answers: { 200: { means: 'Where it is, or where to search on.', view: messageViewSchema } },
      problems: ['session-not-found', 'message-not-found', 'session-deleted'],
      example: {
        answer: {
          messageId: 'm1',
          state: 'archived',
          archive: 1,
          position: 1,
          appendedAt: '2026-01-01T12:00:00.000Z',
          summarised: true,
        } satisfies MessageView,
      },
    },
    searchSession: {
      does: 'Returns the messages that are nearest to a query, live ones and archived ones',
      details:
        'With an embedding model, archived messages are found by their meaning, too, once their follow-up has embedded them. If one request did not read everything, `nextBefore` goes on with what is earlier, by words.',
      query: searchSessionQuery,
      answers: { 200: { means: 'What is near to the query.', view: messageHitsViewSchema } },
      problems: ['session-not-found'],
      example: {
        query: { q: 'tea' },
        answer: {
          sessionId: 'tea',
          ranking: 'words',
          hits: [
            {
              messageId: 'm1',
              state: 'archived',
              archive: 1,
              position: 1,
              role: 'user',
              at: '2026-01-01T12:00:00.000Z',
              score: 1.2,
              snippet: 'I prefer tea to coffee.',
            },
          ],
        } satisfies MessageHitsView,
      },
    },
    getContext: {
      does: 'Returns what to send to a model to continue the conversation: memories, summaries, messages',
      details:
        'Nothing vanishes between an append and its summary: what the latest summary does not cover comes as messages, or as a summary of its own. What exceeds the budget is dropped, the oldest first, and `dropped` says how far. A call of a tool comes with its result, or not at all.',
      query: getContextQuery,
      answers: { 200: { means: 'The context, in the form that `format` says.', view: anyContextViewSchema } },
      problems: ['session-not-found'],
      example: {
        query: { tokenBudget: 2_000 },
        answer: {
          sessionId: 'tea',
          tokenBudget: 2_000,
          tokens: 12,
          memories: [],
          summaries: [{ archive: 1, text: 'User: I prefer tea to coffee.' }],
          messages: [],
        } satisfies ContextView,
      },
    },
  },
} as const satisfies ContractGroup;
