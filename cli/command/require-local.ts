import { UsageError } from '../errors.ts';
import type { TargetOptions } from './target-command.ts';

/** Refuses a command that is for the stack of this machine alone. @throws UsageError, which begins with `why`. */
export function requireLocal({ local, stack, region, profile }: TargetOptions, why: string): void {
  if (local && stack === undefined && region === undefined && profile === undefined) return;
  throw new UsageError(`${why}: give --local, and neither --stack, --region nor --profile.`);
}
