export { commitlaneMiddleware } from './commitlane-middleware.ts';
export { loadMessages } from './load-messages.ts';
export type { CommitlaneMiddlewareOptions, MemoryFailure } from './middleware-options.ts';
export { type SaveMessagesOptions, saveMessages } from './save-messages.ts';
