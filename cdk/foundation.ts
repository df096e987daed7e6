import type { Timeouts } from './check-timeouts.ts';
import type { SessionTable } from './session-table.ts';
import type { Settings } from './settings.ts';
import type { useEmbedding } from './use-embedding.ts';
import type { useExtraction } from './use-extraction.ts';
import type { LeaseStoreUse } from './use-lease-store.ts';
import type { LimitsUse } from './use-limits.ts';

/**
 * What functions stand on. Each part has its `environment`, which is what a function that uses it is told, and a `grant…`,
 * which is what it may then do.
 */
export interface Foundation {
  readonly settings: Settings;
  readonly timeouts: Timeouts;
  readonly table: SessionTable;
  readonly limits: LimitsUse;
  readonly leases: LeaseStoreUse;
  readonly embedding: ReturnType<typeof useEmbedding>;
  readonly extraction: ReturnType<typeof useExtraction>;
}
