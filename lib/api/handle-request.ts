import type { ApiContext } from './api-context.ts';
import type { ApiRequest, ApiResponse } from './api-request.ts';
import { RouteNotFoundError } from './errors.ts';
import { operationOf } from './operation-of.ts';
import { appendMessages } from './operations/append-messages.ts';
import { cancelCommit } from './operations/cancel-commit.ts';
import { createSession } from './operations/create-session.ts';
import { deleteSession } from './operations/delete-session.ts';
import { editMemory } from './operations/edit-memory.ts';
import { eraseMemories } from './operations/erase-memories.ts';
import { forgetMemory } from './operations/forget-memory.ts';
import { getArchive } from './operations/get-archive.ts';
import { getCommit } from './operations/get-commit.ts';
import { getContext } from './operations/get-context.ts';
import { getExtraction } from './operations/get-extraction.ts';
import { getMemory } from './operations/get-memory.ts';
import { getMessage } from './operations/get-message.ts';
import { getSession } from './operations/get-session.ts';
import { listArchives } from './operations/list-archives.ts';
import { listCommits } from './operations/list-commits.ts';
import { listMemories } from './operations/list-memories.ts';
import { listSessions } from './operations/list-sessions.ts';
import { requestCommit } from './operations/request-commit.ts';
import { requestExtraction } from './operations/request-extraction.ts';
import { restoreMemory } from './operations/restore-memory.ts';
import { searchSession } from './operations/search-session.ts';
import { updateSession } from './operations/update-session.ts';
import type { CallerOperation } from './routes.ts';

type OperationHandler = (context: ApiContext, request: ApiRequest) => Promise<ApiResponse>;

const operations: Readonly<Record<CallerOperation, OperationHandler>> = {
  listSessions,
  createSession,
  getSession,
  getContext,
  searchSession,
  updateSession,
  deleteSession,
  appendMessages,
  getMessage,
  requestCommit,
  listCommits,
  getCommit,
  cancelCommit,
  listArchives,
  getArchive,
  requestExtraction,
  getExtraction,
  listMemories,
  eraseMemories,
  getMemory,
  editMemory,
  forgetMemory,
  restoreMemory,
};

/**
 * Serves one request of somebody.
 *
 * @param routeKey the route as the gateway matched it, such as `PUT /sessions/{sessionId}`.
 * @throws RouteNotFoundError, and the operation's errors, for `problemOf` to put into words.
 */
export async function handleRequest(
  context: ApiContext,
  routeKey: string,
  request: ApiRequest,
): Promise<ApiResponse> {
  const operation = operationOf(routeKey);
  if (!operation || operation === 'getOpenApi') throw new RouteNotFoundError();
  return operations[operation](context, request);
}
