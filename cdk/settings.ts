import { z } from 'zod';
import { isWebOrigin } from '../lib/endpoint/index.ts';
import { type LimitName, limitDefinitions, SHUTDOWN_MARGIN_MS } from '../lib/limits/index.ts';
import { redactionModes } from '../lib/redaction/index.ts';
import { embeddingSetting, embeddingShape } from './embedding-setting.ts';
import { extractionSetting, extractionShape } from './extraction-setting.ts';
import { leaseStoreSetting, leaseStoreShape } from './lease-store-setting.ts';
import { limitsShape } from './limits-setting.ts';
import { modelSetting, modelShape } from './model-setting.ts';
import { observabilityShape } from './observability-shape.ts';
import { SettingsError } from './settings-error.ts';

const SECONDS_PER_MINUTE = 60;
const LAMBDA_MAX_S = 15 * SECONDS_PER_MINUTE;

const seconds = z.coerce.number().int().min(1).max(LAMBDA_MAX_S);

/** As browsers send it: anything more, such as a final slash, would match no page. */
const originSchema = z
  .string()
  .refine(isWebOrigin, 'must be origins such as https://chat.example, with neither a path nor a final slash');

/** What the largest deadline that an operator may set leaves for a function's timeout. */
function timeoutRange(deadline: LimitName): string {
  const definition = limitDefinitions.find(({ name }) => name === deadline);
  if (definition?.kind !== 'integer') throw new Error(`there is no numeric limit ${deadline}`);
  return `${(definition.max + SHUTDOWN_MARGIN_MS) / 1000 + 1} to ${LAMBDA_MAX_S}`;
}

/** Every setting as it is given. The descriptions, and what is `allowed` where the schema does not show it, are for the docs. */
export const givenSettingsSchema = z.strictObject({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'a lower-case name of at most 20 letters, digits and hyphens')
    .default('dev')
    .meta({
      description:
        'names the stack (`commitlane-<stage>`), the API, and the path of the limits (`/commitlane/<stage>`). The table of the stage `prod` is protected against deletion',
      allowed: 'a lower-case name of at most 20 letters, digits and hyphens',
    }),
  auth: z.enum(['jwt', 'iam']).default('jwt').meta({
    description:
      'how callers prove who they are. `jwt`: with a token of the issuer `JwtIssuer` for the audience `JwtAudience`, both parameters of the stack. `iam`: with requests that they sign',
  }),
  maxReceiveCount: z.coerce
    .number()
    .int()
    .min(2)
    .max(100)
    .default(5)
    .meta({ description: 'deliveries before a message goes to its dead-letter queue' }),
  commitTimeoutSeconds: seconds.default(10 * SECONDS_PER_MINUTE).meta({
    description: "the commit function's timeout",
    allowed: timeoutRange('commit.deadlineMs'),
  }),
  followUpTimeoutSeconds: seconds.default(LAMBDA_MAX_S).meta({
    description: "the follow-up function's timeout",
    allowed: timeoutRange('followUp.deadlineMs'),
  }),
  maxConcurrency: z.coerce
    .number()
    .int()
    .min(2)
    .max(1000)
    .default(50)
    .meta({ description: 'how many messages of each queue are handled at once' }),
  corsOrigins: z
    .string()
    .transform((origins) => origins.split(',').map((origin) => origin.trim()))
    .pipe(z.array(originSchema))
    .optional()
    .meta({
      description: 'origins whose pages may call the API',
      allowed: 'origins such as `https://chat.example`, separated by commas',
    }),
  indexes: z.enum(['all', 'without-scopes']).default('all').meta({
    description:
      'which indexes the table has. A table that has only `due` is deployed `without-scopes` once, then with `all`: CloudFormation adds one index at a time',
  }),
  ...limitsShape,
  ...observabilityShape,
  ...leaseStoreShape,
  ...modelShape,
  ...embeddingShape,
  ...extractionShape,
  redact: z.enum(redactionModes).default('memories').meta({
    description:
      'where [secrets are taken out](docs/operations.md#secrets-and-redaction). `memories`: from summaries and memories, before they are stored. `model`: also from what the model is given. `off`: nowhere',
  }),
});

const settingsSchema = givenSettingsSchema.transform(
  (
    {
      leaseStore,
      upstashUrl,
      upstashTokenParameter,
      model,
      modelUrl,
      modelKeyParameter,
      modelContextWindowTokens,
      embeddingModel,
      embeddingUrl,
      embeddingKeyParameter,
      embeddingDimensions,
      extraction,
      ...others
    },
    context,
  ) => {
    const addIssue = (setting: string, message: string) =>
      context.addIssue({ code: 'custom', path: [setting], message });
    return {
      ...others,
      leaseStore: leaseStoreSetting(
        { leaseStore, upstashUrl, upstashTokenParameter },
        others.stage,
        addIssue,
      ),
      model: modelSetting(
        { model, modelUrl, modelKeyParameter, modelContextWindowTokens },
        others.stage,
        addIssue,
      ),
      embedding: embeddingSetting(
        { embeddingModel, embeddingUrl, embeddingKeyParameter, embeddingDimensions },
        others.stage,
        addIssue,
      ),
      extraction: extractionSetting(extraction, (message) => addIssue('extraction', message)),
    };
  },
);

/** What a deployment decides: what it is given, checked as a whole. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings as they are given: each is of its type, or has its default. */
export type GivenSettings = z.output<typeof givenSettingsSchema>;

/** How those who give settings call them. */
export interface SettingsWords {
  /** What is wrong: `CDK context`. */
  readonly where: string;
  /** What stands before the name of a setting. */
  readonly prefix: string;
}

/** @throws SettingsError naming every setting that is wrong or unknown, and what is allowed. */
export function parseSettings(
  given: Readonly<Record<string, unknown>>,
  { where, prefix }: SettingsWords,
): Settings {
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${prefix}${path.join('.')} ${message}`);
  const known = Object.keys(givenSettingsSchema.shape).map((name) => prefix + name);
  throw new SettingsError(`${where} is wrong: ${problems.join('; ')}. Known settings: ${known.join(', ')}.`);
}
