export type { CommitState } from '../session/index.ts';
export type { PositionedMessage } from '../session-log/index.ts';
export type { ApiRequest, ApiResponse } from './api-request.ts';
export { handleRequest } from './handle-request.ts';
export { type AuthorizerResult, identityOf } from './identity.ts';
export { problemOf } from './problem-of.ts';
export { type Operation, routes } from './routes.ts';
export type * from './views.ts';
