export { type AppendHistoryOptions, appendHistory } from './append-history.ts';
export { defaultSettings } from './default-settings.ts';
export { ensureSession } from './ensure-session.ts';
export { HistoryNotReadableError } from './errors.ts';
export { hasCode } from './has-code.ts';
export {
  type HistoryMessage,
  type ReadHistoryOptions,
  readHistory,
  readHistoryUntil,
} from './read-history.ts';
