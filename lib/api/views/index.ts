export { type AppendView, appendViewSchema } from './append-view.ts';
export {
  type ArchiveMessagesView,
  type ArchivesView,
  type ArchiveView,
  archiveMessagesViewSchema,
  archivesViewSchema,
} from './archive-view.ts';
export {
  type CommitRequestView,
  type CommitsView,
  type CommitView,
  commitRequestViewSchema,
  commitsViewSchema,
  commitViewSchema,
  type TimelineEntryView,
} from './commit-view.ts';
export {
  anyContextViewSchema,
  type ContextMemoryView,
  type ContextMessagesView,
  type ContextTextView,
  type ContextView,
  contextTextViewSchema,
} from './context-view.ts';
export {
  type ExtractionRequestView,
  type ExtractionView,
  extractionRequestViewSchema,
  extractionViewSchema,
} from './extraction-view.ts';
export { ordinal, text, time } from './fields.ts';
export {
  type MemoryHitsView,
  type MemoryHitView,
  type MessageHitsView,
  type MessageHitView,
  memoryHitsViewSchema,
  messageHitsViewSchema,
} from './hits-view.ts';
export {
  type EarlierMemoryView,
  type MemoriesView,
  type MemoryHistoryView,
  type MemoryView,
  memoriesViewSchema,
  memoryFields,
  memoryHistoryViewSchema,
  memoryViewSchema,
  type StatementView,
} from './memory-view.ts';
export { type MessageView, messageViewSchema } from './message-view.ts';
export { type ProblemView, problemViewSchema } from './problem-view.ts';
export {
  type ListedSessionView,
  type SessionsView,
  type SessionView,
  sessionsViewSchema,
  sessionViewSchema,
} from './session-view.ts';
export { toAuthorView } from './to-author-view.ts';
