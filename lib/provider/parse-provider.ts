import { ModelSettingError } from './errors.ts';

/** A model of somebody else's. */
export interface ProvidedModel {
  readonly provider: 'bedrock' | 'openai-compatible';
  readonly model: string;
}

/**
 * Reads a setting such as `bedrock:global.amazon.nova-2-lite-v1:0`.
 *
 * @param kind what it chooses, as a message begins: `Model`.
 * @param expected in words, for a message.
 * @throws ModelSettingError saying what is wrong and what is expected.
 */
export function parseProvider(text: string, kind: string, expected: string): ProvidedModel {
  const colon = text.indexOf(':');
  const provider = colon < 0 ? text : text.slice(0, colon);
  const model = colon < 0 ? '' : text.slice(colon + 1);
  if (provider !== 'bedrock' && provider !== 'openai-compatible') {
    throw new ModelSettingError(`${kind} '${text}' has no known provider: expected ${expected}.`);
  }
  if (!/^[\w.:/@-]{1,2048}$/.test(model)) {
    throw new ModelSettingError(`${kind} '${text}' names no model of ${provider}: expected ${expected}.`);
  }
  return { provider, model };
}
