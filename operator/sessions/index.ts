export { listSessions, type SessionListDocument } from './list-sessions.ts';
export { readSession, type SessionDocument } from './read-session.ts';
export { type MessageHitsDocument, searchSession } from './search-session.ts';
export { type ErasureDocument, verifyErasure } from './verify-erasure.ts';
export { type VerificationDocument, verifySessions } from './verify-sessions.ts';
