import type { LimitSettings } from '../lib/limits/index.ts';

/** How callers of the API prove who they are. */
export type CommitlaneAuth =
  /** With requests that they sign, as `grantCallApi` allows them to. */
  | 'iam'
  /** With a token of this issuer (its claim `iss`) for this audience (`aud`). */
  | { readonly issuer: string; readonly audience: string };

/** What a deployment decides. All but `auth` has a default; docs/operations.md says more of each setting. */
export interface CommitlaneProps {
  readonly auth: CommitlaneAuth;
  /**
   * Names the API, the alarms and the path of the limits (`/commitlane/<stage>`), so each deployment of an account and
   * region needs its own: at most 20 lower-case letters, digits and hyphens. The table of `prod` is protected against
   * deletion. Default `dev`.
   */
  readonly stage?: string | undefined;
  /** Deliveries before a message goes to its dead-letter queue: 2 to 100, default 5. */
  readonly maxReceiveCount?: number | undefined;
  /** The commit function's timeout: 556 to 900 s, default 600. */
  readonly commitTimeoutSeconds?: number | undefined;
  /** The follow-up function's timeout: 856 to 900 s, default 900. */
  readonly followUpTimeoutSeconds?: number | undefined;
  /** How many messages of each queue are handled at once: 2 to 1 000, default 50. */
  readonly maxConcurrency?: number | undefined;
  /**
   * What limits are until an operator sets them, such as `{ 'lease.ttlMs': 45_000 }`. Those that are left out have their
   * defaults.
   */
  readonly limits?: LimitSettings | undefined;
  /** Origins whose pages may call the API, such as `https://chat.example`. Default none. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** A table that has only the index `due` is deployed `without-scopes` once, then with `all`. Default `all`. */
  readonly indexes?: 'all' | 'without-scopes' | undefined;
  /** Gets a mail when an alarm begins and when it ends. Default nobody. */
  readonly alarmEmail?: string | undefined;
  /** The address of docs/operations.md, to which alarms link. Default: the name of the file. */
  readonly runbookUrl?: string | undefined;
  /** The ARN of a version of a Lambda layer with an OpenTelemetry SDK. Default none: no spans are recorded. */
  readonly tracingLayer?: string | undefined;
  /** Where leases are kept: in the table, or in an Upstash Redis database. Default `dynamodb`. */
  readonly leaseStore?: 'dynamodb' | 'upstash' | undefined;
  /** With `upstash`: the database's REST URL. */
  readonly upstashUrl?: string | undefined;
  /** With `upstash`: the SecureString with its token. Default `/commitlane/<stage>-secrets/upstash-token`. */
  readonly upstashTokenParameter?: string | undefined;
  /**
   * Writes summaries and finds memories: `bedrock:<id>`, `openai-compatible:<model>` or `offline`. Default: a small
   * model of Bedrock.
   */
  readonly model?: string | undefined;
  /** With `openai-compatible`: the server's base URL, without `/chat/completions`. */
  readonly modelUrl?: string | undefined;
  /** With `openai-compatible`: the SecureString that holds the server's key. Default: it needs none. */
  readonly modelKeyParameter?: string | undefined;
  /** How much the model reads and writes in one call, from 8 000 tokens. Default by the provider. */
  readonly modelContextWindowTokens?: number | undefined;
  /**
   * Finds memories and messages by meaning, besides by words: `bedrock:<id>` or `openai-compatible:<model>`. Default:
   * they are found by words alone.
   */
  readonly embeddingModel?: string | undefined;
  /** With `openai-compatible`: the server's base URL, without `/embeddings`. */
  readonly embeddingUrl?: string | undefined;
  /** With `openai-compatible`: the SecureString that holds the server's key. Default: it needs none. */
  readonly embeddingKeyParameter?: string | undefined;
  /** How many numbers a vector has: one of those that the model offers. Default 256. */
  readonly embeddingDimensions?: number | undefined;
  /** A JSON file that says what memories are about, from the folder of `cdk.json`. Default: six built-in categories. */
  readonly extraction?: string | undefined;
  /** Where secrets are taken out. Default `memories`. */
  readonly redact?: 'off' | 'memories' | 'model' | undefined;
}
