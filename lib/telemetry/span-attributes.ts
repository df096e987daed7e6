import type { Ids } from './ids.ts';

/** Ids as OpenTelemetry names attributes; the trace has its own. */
export function spanAttributes(ids: Ids): Record<string, string | number> {
  const attributes = {
    'commitlane.tenant': ids.tenant,
    'commitlane.session': ids.session,
    'commitlane.commit_id': ids.commitId,
    'commitlane.archive': ids.archive,
    'commitlane.attempt': ids.attempt,
  };
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
