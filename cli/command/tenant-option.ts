import { Option } from '@commander-js/extra-typings';
import type { Target } from '../../operator/target/index.ts';
import { UsageError } from '../errors.ts';
import { parseName } from './parse-name.ts';
import type { TargetOptions } from './target-command.ts';

/** `--tenant`: whose session, or whatever else it is, a command is about. */
export function tenantOption(of: 'session' | 'scope' = 'session') {
  return new Option(
    '--tenant <tenant>',
    `the ${of}'s tenant; with --local, the default is that of npm start`,
  ).argParser(parseName);
}

/**
 * Refuses a command at once that names neither a tenant nor a stack that has one.
 *
 * @param session absent for a command about several.
 * @throws UsageError
 */
export function requireTenant(
  session: string | undefined,
  tenant: string | undefined,
  { local }: TargetOptions,
): void {
  if (tenant === undefined && !local) throw tenantMissing(session);
}

/** The tenant that is named, or that of the stack. @throws UsageError */
export function tenantOf(session: string | undefined, tenant: string | undefined, target: Target): string {
  const known = tenant ?? target.tenant;
  if (known !== undefined) return known;
  throw tenantMissing(session);
}

function tenantMissing(session: string | undefined): UsageError {
  return new UsageError(
    session === undefined ? 'Whose sessions? Give --tenant.' : `Whose session is ${session}? Give --tenant.`,
  );
}
