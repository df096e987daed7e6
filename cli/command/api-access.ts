import { isProtectedUrl } from '../../lib/endpoint/index.ts';
import { makeTokenIssuer } from '../../local/tokens/index.ts';
import { findLocalStack } from '../../operator/target/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { UsageError } from '../errors.ts';
import { noteOn } from './note-on.ts';

/** Where the API is, and what it lets the user of the command in with. */
export interface ApiAccess {
  readonly baseUrl: string;
  /** @throws UsageError where there is none. */
  readonly token: () => string | Promise<string>;
}

/** For one request. */
const TOKEN_TTL_SECONDS = 300;

/** The API that the options name. @throws UsageError, NoLocalStackError */
export async function apiAccess(
  cli: CliEnvironment,
  { url, local }: { readonly url?: string | undefined; readonly local?: true | undefined },
): Promise<ApiAccess> {
  if (local && url !== undefined) throw new UsageError('--local has no --url: give one or the other.');
  if (local) return localAccess(cli);
  if (url === undefined) {
    throw new UsageError('Which API? Give --url URL, or --local for the one that npm start runs here.');
  }
  if (!isProtectedUrl(url)) {
    throw new UsageError(
      `--url must be an https address, or an http address of this machine: tokens are sent there. It is ${JSON.stringify(url)}.`,
    );
  }
  return { baseUrl: url, token: () => tokenOf(cli) };
}

function tokenOf({ variables }: CliEnvironment): string {
  const token = variables['COMMITLANE_TOKEN'];
  if (token) return token;
  throw new UsageError(
    'Whose sessions? Put a token that the API accepts into the environment variable COMMITLANE_TOKEN.',
  );
}

/** As the user of npm start, with a new token for each request. */
async function localAccess(cli: CliEnvironment): Promise<ApiAccess> {
  const { apiUrl, caller, tokens } = await findLocalStack(cli.discoveryFile, noteOn(cli));
  const issuer = await makeTokenIssuer(tokens);
  return { baseUrl: apiUrl, token: () => issuer.mint({ ...caller, expiresInSeconds: TOKEN_TTL_SECONDS }) };
}
