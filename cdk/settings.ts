import type { Node } from 'constructs';
import { z } from 'zod';
import { isWebOrigin } from '../lib/endpoint/index.ts';
import { leaseStoreSetting, leaseStoreShape } from './lease-store-setting.ts';
import { modelSetting, modelShape } from './model-setting.ts';
import { observabilityShape } from './observability-shape.ts';
import { SettingsError } from './settings-error.ts';

const SECONDS_PER_MINUTE = 60;
const LAMBDA_MAX_S = 15 * SECONDS_PER_MINUTE;
const PREFIX = 'commitlane:';

const seconds = z.coerce.number().int().min(1).max(LAMBDA_MAX_S);

/** As browsers send it: anything more, such as a final slash, would match no page. */
const originSchema = z
  .string()
  .refine(isWebOrigin, 'must be origins such as https://chat.example, with neither a path nor a final slash');

const givenSchema = z.strictObject({
  /** Names the deployment: its parameters are under `/commitlane/<stage>/`. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'a lower-case name of at most 20 letters, digits and hyphens')
    .default('dev'),
  /** How callers prove who they are: a JWT of the issuer given at deployment, or a request signed for IAM. */
  auth: z.enum(['jwt', 'iam']).default('jwt'),
  /** Deliveries before a message goes to its dead-letter queue. */
  maxReceiveCount: z.coerce.number().int().min(2).max(100).default(5),
  commitTimeoutSeconds: seconds.default(10 * SECONDS_PER_MINUTE),
  followUpTimeoutSeconds: seconds.default(LAMBDA_MAX_S),
  /** How many batches are handled at once, of each queue. */
  maxConcurrency: z.coerce.number().int().min(2).max(1000).default(50),
  /** Origins whose pages may call the API, separated by commas; none unless given. */
  corsOrigins: z
    .string()
    .transform((origins) => origins.split(',').map((origin) => origin.trim()))
    .pipe(z.array(originSchema))
    .optional(),
  ...observabilityShape,
  ...leaseStoreShape,
  ...modelShape,
});

const settingsSchema = givenSchema.transform(
  (
    {
      leaseStore,
      upstashUrl,
      upstashTokenParameter,
      model,
      modelUrl,
      modelKeyParameter,
      modelContextWindowTokens,
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
    };
  },
);

/** What a deployment decides, from CDK context: `-c commitlane:stage=prod`. */
export type Settings = z.output<typeof settingsSchema>;

/**
 * Reads the settings from CDK context.
 *
 * @throws SettingsError naming every setting that is wrong or unknown, and what is allowed.
 */
export function readSettings(node: Node): Settings {
  const given = Object.entries(node.getAllContext())
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), value]);
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${PREFIX}${path.join('.')} ${message}`);
  const known = Object.keys(givenSchema.shape).map((name) => PREFIX + name);
  throw new SettingsError(
    `CDK context is wrong: ${problems.join('; ')}. Known settings: ${known.join(', ')}.`,
  );
}
