export { HistoryNotReadableError } from '../history/index.ts';
export {
  type CommitlaneSessionOptions,
  commitlaneSession,
  type SessionContext,
} from './commitlane-session.ts';
