export { dynamodbSessionItems } from './dynamodb-session-items.ts';
export { advice, type FindingCode } from './finding.ts';
export { isOrphaned, type QueueSnapshot } from './is-orphaned.ts';
export type { SessionItems } from './session-items.ts';
export type { VerifyContext } from './verify-context.ts';
export { type SessionReport, verifySession } from './verify-session.ts';
