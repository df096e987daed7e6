import { z } from 'zod';
import { DEFAULT_DIMENSIONS, MAX_DIMENSIONS } from '../../lib/embedding/index.ts';
import { isProtectedUrl, isWebOrigin } from '../../lib/endpoint/index.ts';
import { InvalidOptionsError } from '../errors.ts';
import type { Assembly } from '../template/synthesise.ts';

/** A model behind the chat completions protocol. */
export interface ModelServer {
  /** `openai-compatible:<model>`. */
  readonly name: string;
  /** The server's base URL, without `/chat/completions`: https, or on this machine. */
  readonly url: string;
  /** What the server wants to be shown, if anything. */
  readonly key?: string;
}

/** A model behind the protocol of OpenAI's `/embeddings`; its URL is without that. */
export interface EmbeddingServer extends ModelServer {
  /** Of its vectors, 1 to 4,096. Default 256. */
  readonly dimensions?: number;
}

/** How a local stack is to be; everything has a default. */
export interface LocalStackOptions {
  /** Of the HTTP API, 0 to 65535; 0 takes any free one. Default 0. */
  readonly port?: number;
  /** Origins whose pages may call the API, besides those of this machine and of cdk.json. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Where everything but leases in Redis is kept over restarts; in memory unless given. */
  readonly dataFolder?: string;
  /** Where leases are kept; for `upstash`, Redis behind Upstash's protocol is started. Default `dynamodb`. */
  readonly leaseStore?: 'dynamodb' | 'upstash';
  /** Writes summaries and finds memories; the offline model unless given. */
  readonly model?: ModelServer;
  /** Finds memories and messages by meaning; they are found by words alone unless given. */
  readonly embedding?: EmbeddingServer;
  /** CDK context for the synthesis, on top of what cdk.json has. Default none. */
  readonly context?: Readonly<Record<string, string>>;
  /**
   * A stack that is synthesized already; the project's own is synthesized unless given. `leaseStore`, `model`, `embedding`
   * and `context` are for the synthesis, and cannot be given beside it.
   */
  readonly assembly?: Assembly;
  /**
   * Makes the assembly for settings of a deployment, given as CDK context; the project's CDK app does unless given. It is
   * disposed of with the stack.
   */
  readonly synthesise?: (
    context: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ) => Promise<Assembly & AsyncDisposable>;
  /**
   * Where endpoints of services that are not to be emulated are looked up (`AWS_ENDPOINT_URL_…`), a Redis server
   * (`PATH`), and limits for the functions (`COMMITLANE_LEASE_TTL_MS` and so on). Default `process.env`.
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Stops the start, between two steps, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told of each step of the start; a slow one takes 5 s and more. */
  readonly onStepBegin?: (label: string, more?: { readonly isSlow: boolean }) => void;
  readonly onStepEnd?: (label: string, durationMs: number) => void;
  /** One line that a function, or the stack itself, has to say. */
  readonly onLog?: (line: string) => void;
  /** One sentence for each part of the template that the embedded stack leaves out. */
  readonly onWarning?: (warning: string) => void;
}

const defaults = {
  port: 0,
  corsOrigins: [],
  leaseStore: 'dynamodb',
  context: {},
  onStepBegin: () => undefined,
  onStepEnd: () => undefined,
  onLog: () => undefined,
  onWarning: () => undefined,
} as const satisfies LocalStackOptions;

const listener = <Name extends 'onStepBegin' | 'onStepEnd' | 'onLog' | 'onWarning'>(name: Name) =>
  z
    .custom<NonNullable<LocalStackOptions[Name]>>(
      (value) => typeof value === 'function',
      'must be a function',
    )
    .default(() => defaults[name]);

const modelServer = z.strictObject({
  name: z.string().regex(/^openai-compatible:./, 'must be openai-compatible:MODEL'),
  url: z.string().refine(isProtectedUrl, 'must be an https address, or one on this machine'),
  key: z.string().min(1).optional(),
});

const members = {
  port: z.int().min(0).max(65_535).default(defaults.port),
  corsOrigins: z
    .array(z.string().refine(isWebOrigin, 'must be an origin of web pages, such as https://chat.example'))
    .default(() => [...defaults.corsOrigins]),
  dataFolder: z.string().min(1).optional(),
  leaseStore: z.enum(['dynamodb', 'upstash']).default(defaults.leaseStore),
  model: modelServer.optional(),
  embedding: modelServer
    .extend({ dimensions: z.int().min(1).max(MAX_DIMENSIONS).default(DEFAULT_DIMENSIONS) })
    .optional(),
  context: z.record(z.string(), z.string()).default(defaults.context),
  assembly: z.custom<Assembly>((value) => typeof value === 'object' && value !== null).optional(),
  synthesise: z
    .custom<NonNullable<LocalStackOptions['synthesise']>>(
      (value) => typeof value === 'function',
      'must be a function',
    )
    .optional(),
  environment: z.record(z.string(), z.string().optional()).default(() => process.env),
  signal: z.instanceof(AbortSignal).optional(),
  onStepBegin: listener('onStepBegin'),
  onStepEnd: listener('onStepEnd'),
  onLog: listener('onLog'),
  onWarning: listener('onWarning'),
} satisfies Record<keyof LocalStackOptions, z.ZodType>;

const optionsSchema = z
  .strictObject(members)
  .refine(
    ({ assembly, leaseStore, model, embedding, context }) =>
      assembly === undefined ||
      (leaseStore === defaults.leaseStore &&
        model === undefined &&
        embedding === undefined &&
        Object.keys(context).length === 0),
    'assembly is synthesized already: leaseStore, model, embedding and context cannot be given beside it',
  );

/** Options with their defaults. */
export type StackSettings = Readonly<z.output<typeof optionsSchema>>;

/** @throws InvalidOptionsError naming each option that is unknown or wrong, and what it must be. */
export function stackSettings(options: LocalStackOptions): StackSettings {
  const parsed = optionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new InvalidOptionsError(z.prettifyError(parsed.error));
}
