import { GetParameterHistoryCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { isAsDeployed, type LimitName, limitDefinitions, NOT_SET } from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { iso } from '../words/index.ts';
import { changeMark } from './change-mark.ts';

/** One version of a limit's parameter. What a deployment wrote says `default`: it sets nothing. */
export interface LimitVersion {
  readonly name: LimitName;
  readonly version: number;
  readonly value: string;
  /** What it was before; absent for the oldest that is kept. */
  readonly before?: string;
  readonly at: string;
  /** An ARN; absent when the parameter store does not say. */
  readonly by?: string;
  /** The same of limits that were changed together; absent of what was written otherwise. */
  readonly change?: string;
}

/** SSM keeps a hundred versions of a parameter, and gives fifty at once. */
const PAGE = 50;
const MAX_PAGES = 4;

/**
 * Every version that is kept of a limit, or of all of them unless one is named, newest first; none of a limit without a
 * parameter.
 */
export async function readHistory(
  target: Target,
  name: LimitName | undefined,
  signal: AbortSignal,
): Promise<LimitVersion[]> {
  const names = name === undefined ? limitDefinitions.map((definition) => definition.name) : [name];
  const versions: LimitVersion[] = [];
  for (const one of names) versions.push(...(await historyOf(target, one, signal)));
  return versions.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Oldest first. */
async function historyOf(
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
    for (const parameter of answer.Parameters ?? []) {
      const { Version = 0, Value = '', Description = '', LastModifiedDate, LastModifiedUser } = parameter;
      const change = changeMark.read(Description);
      const before = versions.at(-1)?.value;
      versions.push({
        name,
        version: Version,
        value: isAsDeployed(name, Value, Version) ? NOT_SET : Value,
        ...(before !== undefined && { before }),
        at: iso(LastModifiedDate?.getTime() ?? 0),
        ...(LastModifiedUser && { by: LastModifiedUser }),
        ...(change !== undefined && { change }),
      });
    }
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return versions;
}
