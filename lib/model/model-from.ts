import type { Clock } from '../clock/index.ts';
import { checkedBaseUrl, forgettingRefused, ModelSettingError, once } from '../provider/index.ts';
import { ModelRefusedError } from './errors.ts';
import { languageModel } from './language/index.ts';
import type { Model } from './model.ts';
import { parseModelSetting } from './model-setting.ts';
import { offlineModel } from './offline/offline-model.ts';
import { bedrock } from './providers/bedrock.ts';
import { openaiCompatible } from './providers/openai-compatible.ts';

/** Less than most models of Bedrock have; the setting tells what one really has. */
const BEDROCK_WINDOW_TOKENS = 128_000;
/** Self-hosted servers are often started with a smaller window than their models support, and silently truncate longer input. */
const COMPATIBLE_WINDOW_TOKENS = 32_000;
const MIN_WINDOW_TOKENS = 8_000;
/** Several models of Bedrock refuse to be asked for more. */
const BEDROCK_OUTPUT_TOKENS = 4_096;

export interface ModelSettings {
  /** `offline`, `bedrock:<model id>` or `openai-compatible:<model>`. */
  readonly model: string;
  /** Of an `openai-compatible` server, up to and without `/chat/completions`. */
  readonly baseUrl?: string | undefined;
  /** At least 8 000. Default 128 000 for Bedrock, 32 000 for an `openai-compatible` server. */
  readonly contextWindowTokens?: number | undefined;
}

export interface ModelDependencies {
  /** The key of an `openai-compatible` server, where it wants one; read by the first call, and again after it was refused. */
  readonly readKey?: (() => Promise<string>) | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly newMark: () => string;
}

/**
 * The model that a deployment chose. Nothing is loaded, read or called before it is asked for something.
 *
 * @throws ModelSettingError saying which setting is wrong or missing, and what is expected.
 */
export function modelFrom(settings: ModelSettings, dependencies: ModelDependencies): Model {
  const setting = parseModelSetting(settings.model);
  if (setting.provider === 'offline') return offlineModel();
  const common = { name: settings.model, clock: dependencies.clock, newMark: dependencies.newMark };
  const windowTokens = checkedWindow(settings.contextWindowTokens);
  if (setting.provider === 'bedrock') {
    const provider = once(() => bedrock(setting.model));
    return languageModel({
      ...common,
      provider: provider.get,
      contextWindowTokens: windowTokens ?? BEDROCK_WINDOW_TOKENS,
      maxOutputTokens: BEDROCK_OUTPUT_TOKENS,
    });
  }
  const baseUrl = checkedBaseUrl(settings.baseUrl);
  const provider = once(() => openaiCompatible(setting.model, baseUrl, dependencies.readKey));
  const model = languageModel({
    ...common,
    provider: provider.get,
    contextWindowTokens: windowTokens ?? COMPATIBLE_WINDOW_TOKENS,
  });
  return forgettingRefusedKeys(model, provider);
}

/** A key that was replaced is read again by the next call, without a new deployment. */
function forgettingRefusedKeys(model: Model, provider: { readonly forget: () => void }): Model {
  const watched = <T>(call: Promise<T>) => forgettingRefused(call, provider, ModelRefusedError);
  return {
    ...model,
    summarise: (request) => watched(model.summarise(request)),
    extract: (request) => watched(model.extract(request)),
  };
}

function checkedWindow(tokens: number | undefined): number | undefined {
  if (tokens === undefined || (Number.isInteger(tokens) && tokens >= MIN_WINDOW_TOKENS)) return tokens;
  throw new ModelSettingError(
    `A context window of ${tokens} tokens is too small, or not a whole number: expected at least ${MIN_WINDOW_TOKENS}.`,
  );
}
