import { ModelSettingError } from './errors.ts';

/**
 * The base URL of an `openai-compatible` server.
 *
 * @param kind of the model, in words.
 * @throws ModelSettingError
 */
export function checkedBaseUrl(baseUrl: string | undefined, kind = 'model'): string {
  if (baseUrl === undefined) {
    throw new ModelSettingError(
      `An openai-compatible ${kind} needs its server's base URL, such as https://models.example/v1.`,
    );
  }
  const isHttp = URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol);
  if (isHttp) return baseUrl;
  throw new ModelSettingError(
    `'${baseUrl}' is not a base URL: expected one such as https://models.example/v1.`,
  );
}
