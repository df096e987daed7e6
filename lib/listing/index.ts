export { type CommitPage, listCommits } from './list-commits.ts';
export { type ListedSession, listSessions, type SessionPage } from './list-sessions.ts';
