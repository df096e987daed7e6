export type { SessionContext } from '../context/index.ts';
export { HistoryNotReadableError } from '../history/index.ts';
export { type CommitlaneNodes, type CommitlaneNodesOptions, commitlaneNodes } from './commitlane-nodes.ts';
export { CommitlaneState } from './commitlane-state.ts';
