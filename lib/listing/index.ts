export { listCommits } from './list-commits.ts';
export { type ListedSession, listSessions } from './list-sessions.ts';
