export { dynamodbSessionItems } from './dynamodb-session-items.ts';
export { type Finding, type FindingCode, finding } from './finding.ts';
export type { SessionItems, StoredEntry } from './session-items.ts';
export type { VerifyContext } from './verify-context.ts';
export { type SessionReport, verifySession } from './verify-session.ts';
