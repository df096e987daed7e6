export { ModelSettingError } from '../provider/index.ts';
export {
  ModelRefusedError,
  ModelUnavailableError,
  UnusableOutputError,
} from './errors.ts';
export { languageModel } from './language/index.ts';
export type {
  Extraction,
  ExtractionRequest,
  KnownMemory,
  Model,
  ModelAnswer,
  SummaryRequest,
  TokenUsage,
} from './model.ts';
export { modelFrom } from './model-from.ts';
export { type ModelSetting, parseModelSetting } from './model-setting.ts';
export { otherLanguages } from './offline/in-english.ts';
export { offlineModel } from './offline/offline-model.ts';
export { readable, speakerOf } from './readable/index.ts';
export { withCleanText } from './with-clean-text.ts';
export { withRedaction } from './with-redaction.ts';
