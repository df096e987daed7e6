import { type ProvidedModel, parseProvider } from '../provider/index.ts';

/** Which model writes summaries and finds memories. */
export type ModelSetting = { readonly provider: 'offline' } | ProvidedModel;

const EXPECTED = "'offline', 'bedrock:<model id>' or 'openai-compatible:<model>'";

/**
 * Reads a setting such as `bedrock:global.amazon.nova-2-lite-v1:0`.
 *
 * @throws ModelSettingError saying what is wrong and what is expected.
 */
export function parseModelSetting(text: string): ModelSetting {
  return text === 'offline' ? { provider: 'offline' } : parseProvider(text, 'Model', EXPECTED);
}
