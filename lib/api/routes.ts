/**
 * The HTTP API: one row per operation. The stack declares these routes at the gateway, the API Lambda serves them.
 */
export const routes = {
  listSessions: { method: 'GET', path: '/sessions' },
  createSession: { method: 'PUT', path: '/sessions/{sessionId}' },
  getSession: { method: 'GET', path: '/sessions/{sessionId}' },
  getContext: { method: 'GET', path: '/sessions/{sessionId}/context' },
  searchSession: { method: 'GET', path: '/sessions/{sessionId}/search' },
  updateSession: { method: 'PATCH', path: '/sessions/{sessionId}' },
  deleteSession: { method: 'DELETE', path: '/sessions/{sessionId}' },
  appendMessages: { method: 'POST', path: '/sessions/{sessionId}/messages' },
  getMessage: { method: 'GET', path: '/sessions/{sessionId}/messages/{messageId}' },
  requestCommit: { method: 'POST', path: '/sessions/{sessionId}/commits' },
  listCommits: { method: 'GET', path: '/sessions/{sessionId}/commits' },
  getCommit: { method: 'GET', path: '/sessions/{sessionId}/commits/{commitId}' },
  cancelCommit: { method: 'DELETE', path: '/sessions/{sessionId}/commits/{commitId}' },
  listArchives: { method: 'GET', path: '/sessions/{sessionId}/archives' },
  getArchive: { method: 'GET', path: '/sessions/{sessionId}/archives/{archive}' },
  requestExtraction: { method: 'POST', path: '/sessions/{sessionId}/archives/{archive}/extraction' },
  getExtraction: { method: 'GET', path: '/sessions/{sessionId}/archives/{archive}/extraction' },
  listMemories: { method: 'GET', path: '/memories/{scope}' },
  eraseMemories: { method: 'DELETE', path: '/memories/{scope}' },
  getMemory: { method: 'GET', path: '/memories/{scope}/{category}/{key}' },
  editMemory: { method: 'PUT', path: '/memories/{scope}/{category}/{key}' },
  forgetMemory: { method: 'DELETE', path: '/memories/{scope}/{category}/{key}' },
  restoreMemory: { method: 'POST', path: '/memories/{scope}/{category}/{key}/restore' },
  /** Says nothing that is of anybody: it is served without a token. */
  getOpenApi: { method: 'GET', path: '/openapi.json', isOpen: true },
} as const;

export type Operation = keyof typeof routes;

/** An operation of somebody. */
export type CallerOperation = Exclude<Operation, 'getOpenApi'>;
