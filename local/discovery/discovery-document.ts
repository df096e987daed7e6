import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ProcessIdentity } from '../process-identity.ts';

/** Where `npm start` says where it is, for the command line to find. */
export const discoveryFile = fileURLToPath(new URL('../../.commitlane/local.json', import.meta.url));

const discoverySchema = z.object({
  /** The process that runs the stack: the file's only owner. */
  pid: z.int().min(1),
  startedAtMs: z.number(),
  /** Whether it runs until somebody stops it. */
  staysUp: z.boolean(),
  stackName: z.string().min(1),
  apiUrl: z.url(),
  /** By the names of the environment variables that point a program at them. */
  endpoints: z.object({
    AWS_ENDPOINT_URL_DYNAMODB: z.url(),
    AWS_ENDPOINT_URL_SQS: z.url(),
    AWS_ENDPOINT_URL_SSM: z.url(),
    AWS_ENDPOINT_URL_EVENTBRIDGE: z.url(),
  }),
  /** The stack's outputs, by name. */
  outputs: z.record(z.string(), z.string()),
  /** Limits that the environments of its functions set, by variable. */
  limitVariables: z.record(z.string(), z.string()),
  /** Who is meant where nobody else is named. */
  caller: z.object({ tenant: z.string().min(1), sub: z.string().min(1) }),
  /** What tokens for its API are signed with. */
  tokens: z.object({ issuer: z.string(), audience: z.string(), signingKey: z.string() }),
});

/** A stack that runs on this machine. It holds the key of its tokens: only its user may read it. */
export type DiscoveryDocument = z.output<typeof discoverySchema>;

/** The document that a text is, or undefined. */
export function parseDocument(text: string): DiscoveryDocument | undefined {
  return discoverySchema.safeParse(parseJson(text)).data;
}

/** The owner of a document, of whichever version; undefined where there is none. */
export function parseOwner(text: string): ProcessIdentity | undefined {
  return discoverySchema.pick({ pid: true, startedAtMs: true }).safeParse(parseJson(text)).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
