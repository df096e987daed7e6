import { GetParameterHistoryCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import type { LimitName } from '../../lib/limits/index.ts';
import { iso } from '../display/iso.ts';
import type { Target } from '../target/target.ts';

/** One version of a limit. */
export interface LimitVersion {
  readonly name: LimitName;
  readonly version: number;
  readonly value: string;
  /** What it was before; absent for the oldest that is kept. */
  readonly before?: string;
  readonly at: string;
  /** An ARN; absent when the parameter store does not say. */
  readonly by?: string;
}

/** SSM keeps a hundred versions of a parameter, and gives fifty at once. */
const PAGE = 50;
const MAX_PAGES = 4;

/** Every version of a limit that is kept, oldest first; none for a limit without a parameter. */
export async function readHistory(
  { ssm, outputs }: Target,
  name: LimitName,
  signal: AbortSignal,
): Promise<LimitVersion[]> {
  const versions: LimitVersion[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const input = {
      Name: `${outputs.LimitsPath}/${name}`,
      MaxResults: PAGE,
      ...(NextToken && { NextToken }),
    };
    const answer = await ssm
      .send(new GetParameterHistoryCommand(input), { abortSignal: signal })
      .catch((error: unknown) => {
        if (error instanceof ParameterNotFound) return { Parameters: [], NextToken: undefined };
        throw error;
      });
    for (const { Version = 0, Value = '', LastModifiedDate, LastModifiedUser } of answer.Parameters ?? []) {
      const before = versions.at(-1)?.value;
      versions.push({
        name,
        version: Version,
        value: Value,
        ...(before !== undefined && { before }),
        at: iso(LastModifiedDate?.getTime() ?? 0),
        ...(LastModifiedUser && { by: LastModifiedUser }),
      });
    }
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return versions;
}
