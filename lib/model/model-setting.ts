import { ModelSettingError } from './errors.ts';

/** Which model writes summaries and finds memories. */
export type ModelSetting =
  | { readonly provider: 'offline' }
  | { readonly provider: 'bedrock' | 'openai-compatible'; readonly model: string };

const EXPECTED = "'offline', 'bedrock:<model id>' or 'openai-compatible:<model>'";

/**
 * Reads a setting such as `bedrock:global.amazon.nova-2-lite-v1:0`.
 *
 * @throws ModelSettingError saying what is wrong and what is expected.
 */
export function parseModelSetting(text: string): ModelSetting {
  if (text === 'offline') return { provider: 'offline' };
  const colon = text.indexOf(':');
  const provider = colon < 0 ? text : text.slice(0, colon);
  const model = colon < 0 ? '' : text.slice(colon + 1);
  if (provider !== 'bedrock' && provider !== 'openai-compatible') {
    throw new ModelSettingError(`Model '${text}' has no known provider: expected ${EXPECTED}.`);
  }
  if (!/^[\w.:/@-]{1,2048}$/.test(model)) {
    throw new ModelSettingError(`Model '${text}' names no model of ${provider}: expected ${EXPECTED}.`);
  }
  return { provider, model };
}
