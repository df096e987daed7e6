import { z } from 'zod';
import { isProtectedUrl } from '../lib/endpoint/index.ts';

/** Where leases are kept: in the table, or in an Upstash Redis database. */
export type LeaseStoreSetting =
  | { readonly kind: 'dynamodb' }
  | { readonly kind: 'upstash'; readonly url: string; readonly tokenParameter: string };

/** The settings that choose the lease store, as they are given. */
export const leaseStoreShape = {
  leaseStore: z
    .enum(['dynamodb', 'upstash'])
    .default('dynamodb')
    .meta({ description: 'where leases are kept: in the table, or in an Upstash Redis database' }),
  upstashUrl: z
    .string()
    .refine(
      isProtectedUrl,
      'must be the REST URL of an Upstash database, such as https://name-1234.upstash.io',
    )
    .optional()
    .meta({
      description: "with `upstash`: the database's REST URL",
      allowed: 'an `https` address, or one on this machine',
    }),
  /**
   * CloudFormation cannot make a SecureString: the operator does, before the first commit, encrypted with the account's
   * own key for SSM (`aws/ssm`).
   */
  upstashTokenParameter: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'must be the full name of an SSM parameter, such as /chat/upstash-token')
    .optional()
    .meta({
      description: "with `upstash`: the SecureString that holds the database's REST token",
      allowed: "the name of an SSM parameter outside the limits' path",
      unlessGiven: '`/commitlane/<stage>-secrets/upstash-token`',
    }),
};

type GivenLeaseStore = z.output<z.ZodObject<typeof leaseStoreShape>>;

/** The lease store that the settings ask for; a value that is missing or without effect becomes an issue of its setting. */
export function leaseStoreSetting(
  { leaseStore, upstashUrl, upstashTokenParameter }: GivenLeaseStore,
  stage: string,
  addIssue: (setting: keyof GivenLeaseStore, message: string) => void,
): LeaseStoreSetting {
  if (leaseStore === 'dynamodb') {
    for (const [setting, value] of Object.entries({ upstashUrl, upstashTokenParameter })) {
      if (value !== undefined) {
        addIssue(
          setting as keyof GivenLeaseStore,
          'is given, but leaseStore is not upstash: give both or neither',
        );
      }
    }
    return { kind: 'dynamodb' };
  }
  if (upstashUrl === undefined) addIssue('upstashUrl', 'is missing: leaseStore upstash needs it');
  const tokenParameter = upstashTokenParameter ?? `/commitlane/${stage}-secrets/upstash-token`;
  if (tokenParameter.startsWith(`/commitlane/${stage}/`)) {
    addIssue('upstashTokenParameter', `must not be under /commitlane/${stage}/, where the limits are`);
  }
  return { kind: 'upstash', url: upstashUrl ?? '', tokenParameter };
}
