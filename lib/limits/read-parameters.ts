import { GetParametersByPathCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { isAsDeployed } from './first-parameters.ts';

/** A page holds ten parameters at most, but may hold none and still not be the last. */
const MAX_PAGES = 20;

/**
 * Reads every parameter under a path that somebody has written since the stack was deployed; returns their values by the
 * rest of their names.
 *
 * @throws whatever the client throws, the signal's reason among it; Error after too many pages.
 */
export async function readParameters(
  ssm: SSMClient,
  path: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const values: [name: string, value: string][] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await ssm.send(
      new GetParametersByPathCommand({ Path: path, Recursive: true, ...(NextToken && { NextToken }) }),
      { abortSignal: signal },
    );
    for (const { Name = '', Value = '', Version = 0 } of answer.Parameters ?? []) {
      const name = Name.slice(path.length + 1);
      if (!isAsDeployed(name, Value, Version)) values.push([name, Value]);
    }
    NextToken = answer.NextToken;
    if (!NextToken) return Object.fromEntries(values);
  }
  throw new Error(`there are more than ${MAX_PAGES} pages of them; keep only limits under this path`);
}
