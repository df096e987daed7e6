import type { ApiRequest } from './api-request.ts';
import type { CommitlaneClient, ContextOptions, ListOptions, PageOptions } from './client.ts';
import type { ClientOptions } from './client-options.ts';
import { memoryCalls } from './memory-calls.ts';
import { pages } from './pages.ts';
import { resolveOptions } from './resolve-options.ts';
import { type Send, sendRequest } from './send-request.ts';
import { sessionEvents } from './session-events.ts';
import type { CommitView, MessagePlaceView, MessageView } from './views.ts';
import { watchCommit } from './watch-commit.ts';

/**
 * A client of the Commitlane API, for browsers and Node: it needs `fetch`, and nothing else.
 *
 * Retries what a repeat can mend (no answer, 429, 5xx) with exponential back-off and full jitter, on top of what a
 * Retry-After asks for; every other refusal is thrown at once. A repeat never stores or commits anything twice.
 *
 * @example
 * const client = commitlaneClient({ baseUrl: 'https://api.example.com', token: () => auth.idToken() });
 * await client.createSession('chat-42');
 * await client.append('chat-42', [{ role: 'user', content: 'I prefer tea to coffee.' }]);
 * const { commitId } = await client.requestCommit('chat-42');
 * for await (const commit of client.watchCommit('chat-42', commitId)) console.log(commit.state);
 *
 * @throws CommitlaneUsageError for an unknown option or a value out of bounds.
 */
export function commitlaneClient(options: ClientOptions): CommitlaneClient {
  const resolved = resolveOptions(options);
  const send = <T>(request: ApiRequest) => sendRequest<T>(resolved, request);
  return {
    ...sessionCalls(send, resolved.newKey),
    ...commitCalls(send),
    ...archiveCalls(send),
    ...memoryCalls(send),
    events: (sessionId, which) => sessionEvents(resolved, sessionId, which),
    watchCommit: (sessionId, commitId, watch = {}) =>
      watchCommit(
        (wait, signal) =>
          send<CommitView>({
            operation: 'getCommit',
            pathParameters: { sessionId, commitId },
            ...(wait && { query: { ...wait }, heldBackMs: wait.waitSeconds * 1_000 }),
            signal,
          }),
        resolved.clock,
        watch,
      ),
  };
}

function sessionCalls(send: Send, newKey: () => string) {
  const getSession: CommitlaneClient['getSession'] = (sessionId, options = {}) =>
    send({ operation: 'getSession', pathParameters: { sessionId }, ...pageOf(options) });
  const listSessions: CommitlaneClient['listSessions'] = ({ scope, after, limit, signal } = {}) =>
    send({ operation: 'listSessions', pathParameters: {}, query: { scope, after, limit }, signal });
  return {
    getSession,
    listSessions,
    sessions: (options = {}) =>
      pages(
        options.after,
        (after) => listSessions({ ...options, after }),
        (page) => page.sessions,
      ),
    createSession: (sessionId, settings = {}, { signal } = {}) =>
      send({ operation: 'createSession', pathParameters: { sessionId }, body: settings, signal }),
    getContext: (sessionId, options) => send(contextRequest(sessionId, options)),
    getContextMessages: (sessionId, options) => send(contextRequest(sessionId, options, 'messages')),
    getContextText: (sessionId, options) => send(contextRequest(sessionId, options, 'text')),
    searchSession: (sessionId, q, { limit, before, signal } = {}) =>
      send({
        operation: 'searchSession',
        pathParameters: { sessionId },
        query: { q, limit, before },
        signal,
      }),
    updateSession: (sessionId, settings, { signal } = {}) =>
      send({ operation: 'updateSession', pathParameters: { sessionId }, body: settings, signal }),
    deleteSession: (sessionId, { memories, signal } = {}) =>
      send({ operation: 'deleteSession', pathParameters: { sessionId }, query: { memories }, signal }),
    append: (sessionId, messages, { idempotencyKey, signal } = {}) => {
      const hasIds = messages.every(({ id }) => id !== undefined);
      return send({
        operation: 'appendMessages',
        pathParameters: { sessionId },
        body: { messages },
        ...((idempotencyKey !== undefined || !hasIds) && { idempotencyKey: idempotencyKey ?? newKey() }),
        signal,
      });
    },
    findMessage: (sessionId, messageId, { signal } = {}) =>
      findMessage((before) =>
        send({
          operation: 'getMessage',
          pathParameters: { sessionId, messageId },
          query: { before },
          signal,
        }),
      ),
    liveMessages: (sessionId, options = {}) =>
      pages(
        options.after,
        (after) => getSession(sessionId, { ...options, after }),
        ({ live }) => live,
      ),
  } satisfies Partial<CommitlaneClient>;
}

function contextRequest(
  sessionId: string,
  { tokenBudget, query, memoryShare, signal }: ContextOptions = {},
  format?: 'messages' | 'text',
): ApiRequest {
  return {
    operation: 'getContext',
    pathParameters: { sessionId },
    query: { tokenBudget, query, memoryShare, format },
    signal,
  };
}

async function findMessage(
  search: (before: number | undefined) => Promise<MessageView>,
): Promise<MessagePlaceView> {
  let found = await search(undefined);
  while (found.state === 'not-found-yet') found = await search(found.nextBefore);
  return found;
}

function commitCalls(send: Send) {
  const listCommits: CommitlaneClient['listCommits'] = (sessionId, options = {}) =>
    send({ operation: 'listCommits', pathParameters: { sessionId }, ...pageOf(options) });
  return {
    listCommits,
    commits: (sessionId, options = {}) =>
      pages(
        options.after,
        (after) => listCommits(sessionId, { ...options, after }),
        (page) => page.commits,
      ),
    requestCommit: (sessionId, { keepRecent, reason, idempotencyKey, signal } = {}) =>
      send({
        operation: 'requestCommit',
        pathParameters: { sessionId },
        body: { keepRecent, reason },
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        signal,
      }),
    getCommit: (sessionId, commitId, { signal } = {}) =>
      send({ operation: 'getCommit', pathParameters: { sessionId, commitId }, signal }),
    cancelCommit: (sessionId, commitId, { signal } = {}) =>
      send({ operation: 'cancelCommit', pathParameters: { sessionId, commitId }, signal }),
  } satisfies Partial<CommitlaneClient>;
}

function archiveCalls(send: Send) {
  const listArchives: CommitlaneClient['listArchives'] = (sessionId, options = {}) =>
    send({ operation: 'listArchives', pathParameters: { sessionId }, ...pageOf(options) });
  const getArchive: CommitlaneClient['getArchive'] = (sessionId, archive, options = {}) =>
    send({
      operation: 'getArchive',
      pathParameters: { sessionId, archive: String(archive) },
      ...pageOf(options),
    });
  return {
    listArchives,
    getArchive,
    requestExtraction: (sessionId, archive, { signal, ...body } = {}) =>
      send({
        operation: 'requestExtraction',
        pathParameters: { sessionId, archive: String(archive) },
        body,
        signal,
      }),
    getExtraction: (sessionId, archive, { signal } = {}) =>
      send({
        operation: 'getExtraction',
        pathParameters: { sessionId, archive: String(archive) },
        signal,
      }),
    archives: (sessionId, options = {}) =>
      pages(
        options.after,
        (after) => listArchives(sessionId, { ...options, after }),
        (page) => page.archives,
      ),
    archivedMessages: (sessionId, archive, options = {}) =>
      pages(
        options.after,
        (after) => getArchive(sessionId, archive, { ...options, after }),
        ({ messages }) => messages,
      ),
  } satisfies Partial<CommitlaneClient>;
}

function pageOf({ after, limit, signal }: PageOptions | ListOptions): Pick<ApiRequest, 'query' | 'signal'> {
  return { query: { after, limit }, signal };
}
