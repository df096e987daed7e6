export type { PositionedMessage } from '../session-log/index.ts';
export type { ApiEvent } from './api-context.ts';
export type { ApiRequest, ApiResponse } from './api-request.ts';
export { BodyNotUtf8Error } from './errors.ts';
export { handleRequest } from './handle-request.ts';
export { type AuthorizerResult, identityOf } from './identity.ts';
export { contracts } from './open-api/contracts/contract-groups.ts';
export { jsonSchemas } from './open-api/json-schemas.ts';
export { openApiAnswers } from './open-api/open-api-answers.ts';
export { openApiDocument } from './open-api/open-api-document.ts';
export type { OpenApiDocument, OperationObject } from './open-api/open-api-types.ts';
export { selfContainedSchema } from './open-api/self-contained-schema.ts';
export { operationOf } from './operation-of.ts';
export { getContextQuery } from './operations/get-context.ts';
export { listMemoriesQuery } from './operations/list-memories.ts';
export { listSessionsQuery } from './operations/list-sessions.ts';
export { searchSessionQuery } from './operations/search-session.ts';
export { problemOf } from './problem-of.ts';
export { idempotencyKeySchema } from './request-parts.ts';
export { type Operation, routes } from './routes.ts';
export {
  toArchiveView,
  toCommitView,
  toExtractionView,
  toListedSessionView,
  toMemoryView,
  toMessageHitView,
} from './to-view.ts';
export type {
  AppendView,
  ArchiveMessagesView,
  ArchivesView,
  ArchiveView,
  CommitsView,
  CommitView,
  ContextMessagesView,
  ContextTextView,
  ContextView,
  ExtractionRequestView,
  ExtractionView,
  ListedSessionView,
  MemoriesView,
  MemoryHistoryView,
  MemoryHitsView,
  MemoryView,
  MessageHitsView,
  MessageHitView,
  MessageView,
  ProblemView,
  SessionsView,
  SessionView,
  TimelineEntryView,
} from './views/index.ts';
export {
  appendViewSchema,
  commitViewSchema,
  contextTextViewSchema,
  memoryHitsViewSchema,
  messageHitsViewSchema,
  sessionsViewSchema,
  sessionViewSchema,
} from './views/index.ts';
