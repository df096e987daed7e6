export { exportSession } from './export-session.ts';
export type { History, HistorySettings, ImportedMessage } from './history.ts';
export type { ImportContext } from './import-context.ts';
export { type ImportPlan, planImport } from './plan-import.ts';
export { readTransferLine, type TransferLine } from './read-transfer-line.ts';
export { type ImportOptions, type ImportResult, runImport } from './run-import.ts';
export { toLine } from './to-line.ts';
export { withId } from './with-id.ts';
