export type { SessionContext } from '../context/index.ts';
export { HistoryNotReadableError } from '../history/index.ts';
export { type CommitlaneSessionOptions, commitlaneSession } from './commitlane-session.ts';
