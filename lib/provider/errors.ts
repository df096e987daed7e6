import { CommitlaneError } from '../errors/index.ts';

/** The setting that chooses a model is wrong. */
export class ModelSettingError extends CommitlaneError {
  override readonly name = 'ModelSettingError';
  readonly code = 'model-setting';
}
