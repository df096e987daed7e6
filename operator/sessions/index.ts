export { listSessions, type SessionListDocument } from './list-sessions.ts';
export { readSession, type SessionDocument } from './read-session.ts';
export { verifySessions } from './verify-sessions.ts';
