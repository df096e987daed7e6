import type { ScopeKey } from '../../lib/memory/index.ts';
import type { Target } from '../../operator/target/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { parseName } from '../command/parse-name.ts';
import { type CommandWords, type TargetOptions, targetCommand } from '../command/target-command.ts';
import { tenantOption } from '../command/tenant-option.ts';
import { UsageError } from '../errors.ts';

/** A command that works on the memories of a scope, with the options that name it. */
export function memoriesCommand(cli: CliEnvironment, words: CommandWords) {
  return targetCommand(cli, words)
    .addOption(tenantOption('scope'))
    .option('--scope <scope>', 'whose memories: by default, each user has a scope', parseName);
}

/** What `memoriesCommand` takes. */
export interface MemoriesOptions extends TargetOptions {
  readonly tenant?: string | undefined;
  readonly scope?: string | undefined;
}

/**
 * The scope that the options name, once the stack is known; refuses a command at once that names none.
 *
 * @throws UsageError
 */
export function scopeIn({ tenant, scope, local }: MemoriesOptions): (target: Target) => ScopeKey {
  if (scope === undefined) throw new UsageError('Whose memories? Give --scope.');
  if (tenant === undefined && !local) throw tenantMissing(scope);
  return (target) => {
    const known = tenant ?? target.tenant;
    if (known === undefined) throw tenantMissing(scope);
    return { tenant: known, scope };
  };
}

function tenantMissing(scope: string): UsageError {
  return new UsageError(`Whose scope is ${scope}? Give --tenant.`);
}
