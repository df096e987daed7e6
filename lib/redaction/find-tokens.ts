import type { FoundSecret, SecretKind } from './secret-kinds.ts';

interface TokenRule {
  readonly kind: SecretKind;
  /** A text with none of these has no such token, and is not searched for it. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
}

/** Keys and tokens that say themselves whose they are, as their issuers document them or secret scanners know them. */
const rules: readonly TokenRule[] = [
  rule('aws-key', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])'),
  rule('aws-key', ['ABSK'], 'ABSK[A-Za-z0-9+/]{80,}={0,2}'),
  rule('azure-key', ['Q~'], '[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}'),
  rule('azure-key', ['sig='], 'sig=[A-Za-z0-9+/]{0,50}%[A-Za-z0-9+/%]{30,}={0,2}'),
  rule('google-key', ['AIza'], 'AIza[A-Za-z0-9_-]{35}'),
  rule('google-key', ['GOCSPX-'], 'GOCSPX-[A-Za-z0-9_-]{24,}'),
  rule('google-key', ['ya29.'], String.raw`ya29\.[A-Za-z0-9_-]{20,}`),
  rule('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9]{30,}'),
  rule('github-token', ['github_pat_'], 'github_pat_[A-Za-z0-9_]{22,}'),
  rule(
    'gitlab-token',
    ['gl'],
    String.raw`gl(?:pat|dt|ft|rt|rtr|cbt|ptt|soat|agent|imt|oas|ffct)-[A-Za-z0-9_-]{20,}(?:\.[a-z0-9]{2}\.[a-z0-9]{9})?`,
  ),
  rule('slack-token', ['xox'], 'xox[abceoprs](?:[.]xox[bp])?-[A-Za-z0-9-]{10,}'),
  rule('slack-token', ['xapp-'], 'xapp-[0-9]-[A-Za-z0-9-]{10,}'),
  rule(
    'slack-token',
    ['hooks.slack.com/'],
    String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}`,
  ),
  rule('stripe-key', ['k_live_', 'k_test_'], '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}'),
  rule('stripe-key', ['whsec_'], 'whsec_[A-Za-z0-9+/]{24,}={0,2}'),
  rule('anthropic-key', ['sk-ant-'], 'sk-ant-[A-Za-z0-9_-]{20,}'),
  rule('openai-key', ['sk-'], 'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}'),
  rule('openai-key', ['T3BlbkFJ'], 'sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}'),
  rule('npm-token', ['npm_'], 'npm_[A-Za-z0-9]{36}'),
  rule('sendgrid-key', ['SG.'], String.raw`SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,}`),
  rule('twilio-key', ['SK'], 'SK[0-9a-f]{32}(?![A-Za-z0-9])'),
  rule('telegram-token', [':'], '[0-9]{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])'),
  rule(
    'jwt',
    ['eyJ'],
    String.raw`(?<![_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+){0,2}`,
  ),
  rule('private-key', ['AGE-SECRET-KEY-'], 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
  // OpenRouter, and others whose keys look like OpenAI's.
  rule('api-key', ['sk-or-v1-'], 'sk-or-v1-[0-9a-f]{40,}'),
  rule('api-key', ['sk-'], 'sk-(?=[A-Za-z]{0,64}[0-9])[A-Za-z0-9]{24,}'),
  // Hugging Face, Groq, xAI, Perplexity, Replicate.
  rule('api-key', ['hf_'], 'hf_[A-Za-z0-9]{30,}'),
  rule('api-key', ['gsk_'], 'gsk_[A-Za-z0-9]{40,}'),
  rule('api-key', ['xai-'], 'xai-[A-Za-z0-9]{60,}'),
  rule('api-key', ['pplx-'], 'pplx-[A-Za-z0-9]{40,}'),
  rule('api-key', ['r8_'], 'r8_[A-Za-z0-9]{37}'),
  // PyPI, Docker, DigitalOcean, Shopify, Square, Databricks, Vault, Grafana, Linear, Notion, Postman, New Relic.
  rule('api-key', ['pypi-'], 'pypi-[A-Za-z0-9_-]{50,}'),
  rule('api-key', ['dckr_'], 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}'),
  rule('api-key', ['_v1_'], 'do[opr]_v1_[0-9a-f]{64}'),
  rule('api-key', ['shp'], 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  rule('api-key', ['sq0'], 'sq0[a-z]{3}-[A-Za-z0-9_-]{22,}'),
  rule('api-key', ['dapi'], 'dapi[0-9a-f]{32}(?![A-Za-z0-9])'),
  rule('api-key', ['hv'], String.raw`hv[sbr]\.[A-Za-z0-9_-]{24,}`),
  rule('api-key', ['gl'], 'gl(?:sa|c)_[A-Za-z0-9+/=_]{32,}'),
  rule('api-key', ['lin_api_'], 'lin_api_[A-Za-z0-9]{32,}'),
  rule('api-key', ['ntn_'], 'ntn_[A-Za-z0-9]{40,}'),
  rule('api-key', ['PMAK-'], 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'),
  rule('api-key', ['NRAK-'], 'NRAK-[A-Z0-9]{27}'),
  rule(
    'api-key',
    ['/api/webhooks/'],
    String.raw`discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{40,}`,
  ),
];

/** Keys and tokens of providers that are known by their form. */
export function findTokens(text: string): FoundSecret[] {
  return rules
    .filter(({ hints }) => hints.some((hint) => text.includes(hint)))
    .flatMap(({ kind, pattern }) =>
      Array.from(text.matchAll(pattern), ({ index, 0: token }) => ({
        kind,
        start: index,
        end: index + token.length,
      })),
    );
}

/** No token begins in the middle of a word. */
function rule(kind: SecretKind, hints: readonly string[], form: string): TokenRule {
  return { kind, hints, pattern: new RegExp(`(?<![A-Za-z0-9])${form}`, 'g') };
}
