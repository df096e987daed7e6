export type { SessionContext } from '../context/index.ts';
export { HistoryNotReadableError } from '../history/index.ts';
export {
  CommitlaneChatMessageHistory,
  type CommitlaneChatMessageHistoryOptions,
} from './commitlane-chat-message-history.ts';
