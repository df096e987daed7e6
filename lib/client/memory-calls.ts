import type { Subject } from '../memory/index.ts';
import type { CommitlaneClient } from './client.ts';
import { pages } from './pages.ts';
import type { Send } from './send-request.ts';

/** The calls about the memories of a scope. */
export function memoryCalls(send: Send) {
  return {
    ...readingCalls(send),
    editMemory: (scope, subject, text, { signal } = {}) =>
      send({ operation: 'editMemory', ...pathOf(scope, subject), body: { text }, signal }),
    forgetMemory: (scope, subject, { signal } = {}) =>
      send({ operation: 'forgetMemory', ...pathOf(scope, subject), signal }),
    restoreMemory: (scope, subject, { signal } = {}) =>
      send({ operation: 'restoreMemory', ...pathOf(scope, subject), signal }),
    eraseMemory: (scope, subject, { signal } = {}) =>
      send({ operation: 'forgetMemory', ...pathOf(scope, subject), query: { erase: true }, signal }),
    eraseMemories: (scope, { signal } = {}) =>
      send({ operation: 'eraseMemories', pathParameters: { scope }, signal }),
  } satisfies Partial<CommitlaneClient>;
}

function readingCalls(send: Send) {
  const listMemories: CommitlaneClient['listMemories'] = (scope, { signal, ...options } = {}) => {
    const { category, forgotten, after, limit } = options;
    const query = { category, forgotten, after, limit };
    return send({ operation: 'listMemories', pathParameters: { scope }, query, signal });
  };
  const getMemory: CommitlaneClient['getMemory'] = (scope, subject, { after, limit, signal } = {}) =>
    send({ operation: 'getMemory', ...pathOf(scope, subject), query: { after, limit }, signal });
  return {
    listMemories,
    searchMemories: (scope, q, { category, after, limit, signal } = {}) =>
      send({
        operation: 'listMemories',
        pathParameters: { scope },
        query: { q, category, after, limit },
        signal,
      }),
    getMemory,
    memories: (scope, options = {}) =>
      pages(
        options.after,
        (after) => listMemories(scope, { ...options, after }),
        (page) => page.memories,
      ),
    memoryStatements: (scope, subject, options = {}) =>
      pages(
        options.after,
        (after) => getMemory(scope, subject, { ...options, after }),
        (page) => page.statements,
      ),
  } satisfies Partial<CommitlaneClient>;
}

function pathOf(scope: string, { category, key }: Subject) {
  return { pathParameters: { scope, category, key } };
}
