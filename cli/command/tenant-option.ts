import { Option } from '@commander-js/extra-typings';
import type { Target } from '../../operator/target/index.ts';
import { UsageError } from '../errors.ts';
import { parseName } from './parse-name.ts';
import type { TargetOptions } from './target-command.ts';

/** `--tenant`: whose session a command is about. */
export function tenantOption() {
  return new Option(
    '--tenant <tenant>',
    "the session's tenant; with --local, the default is that of npm start",
  ).argParser(parseName);
}

/** Refuses a command at once that names neither a tenant nor a stack that has one. @throws UsageError */
export function requireTenant(session: string, tenant: string | undefined, { local }: TargetOptions): void {
  if (tenant === undefined && !local) throw new UsageError(`Whose session is ${session}? Give --tenant.`);
}

/** The tenant that is named, or that of the stack. @throws UsageError */
export function tenantOf(session: string, tenant: string | undefined, target: Target): string {
  const known = tenant ?? target.tenant;
  if (known !== undefined) return known;
  throw new UsageError(`Whose session is ${session}? Give --tenant.`);
}
