import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where `npm start` says where it is, for the command line to find. */
export const discoveryFile = fileURLToPath(new URL('../../.commitlane/local.json', import.meta.url));

export const discoverySchema = z.object({
  pid: z.int().min(1),
  startedAtMs: z.number(),
  stackName: z.string().min(1),
  apiUrl: z.url(),
  /** By the names of the environment variables that point a program at them. */
  endpoints: z.object({
    AWS_ENDPOINT_URL_DYNAMODB: z.url(),
    AWS_ENDPOINT_URL_SQS: z.url(),
    AWS_ENDPOINT_URL_SSM: z.url(),
  }),
  /** The stack's outputs, by name. */
  outputs: z.record(z.string(), z.string()),
});

/** A stack that runs on this machine. It holds no secret. */
export type DiscoveryDocument = z.output<typeof discoverySchema>;
