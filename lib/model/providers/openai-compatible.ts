import type { LanguageModel } from 'ai';

/** OpenAI's own servers: their newer models refuse `max_tokens`, the only name that all other servers know. */
const OPENAI_HOST = /(^|\.)(openai\.com|openai\.azure\.com)$/;

/** A model behind the chat completions protocol. The server must know `response_format: json_schema`. */
export async function openaiCompatible(
  model: string,
  baseUrl: string,
  readKey: (() => Promise<string>) | undefined,
): Promise<LanguageModel> {
  const [{ createOpenAICompatible }, apiKey] = await Promise.all([
    import('@ai-sdk/openai-compatible'),
    readKey?.(),
  ]);
  const isOpenai = OPENAI_HOST.test(new URL(baseUrl).hostname);
  return createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: baseUrl,
    supportsStructuredOutputs: true,
    ...(apiKey !== undefined && { apiKey }),
    ...(isOpenai && { transformRequestBody: withNewName }),
  })(model);
}

function withNewName({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> {
  return { ...body, max_completion_tokens: max_tokens };
}
