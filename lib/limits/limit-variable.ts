import { limitDefinitions } from './limit-definitions.ts';
import type { LimitName } from './limits.ts';

/**
 * The environment variable of a function that sets a limit in an emergency, before all else: `COMMITLANE_LEASE_TTL_MS`
 * for `lease.ttlMs`.
 */
export function limitVariable(name: LimitName): string {
  const words = name.replace('.', '_').replace(/[A-Z]/g, (letter) => `_${letter}`);
  return `COMMITLANE_${words.toUpperCase()}`;
}

/** The limits that an environment sets, by variable, without all else that is in there. */
export function limitVariablesIn(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    limitDefinitions.flatMap(({ name }): [string, string][] => {
      const value = environment[limitVariable(name)];
      return value === undefined ? [] : [[limitVariable(name), value]];
    }),
  );
}
