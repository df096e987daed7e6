import type { Mutant } from './mutant.ts';

/** Mistakes in how leases are taken, kept and given back. */
export const leaseMutants: readonly Mutant[] = [
  {
    name: 'renewal conditioned on a rotating version',
    scenario: 'one-commit',
    maxFaults: 2,
    edits: [
      {
        file: 'lease/in-process-lease-store.ts',
        find: `async renew({ resource, owner, token, ttlMs }) {
      const held = leases.get(resource);
      if (!isMine(held, { owner, token })) {`,
        replace: `async renew({ resource, owner, token, ttlMs, version }) {
      const held = leases.get(resource);
      if (!isMine(held, { owner, token }) || (held.version ?? 0) !== version) {`,
      },
      {
        file: 'lease/in-process-lease-store.ts',
        find: `leases.set(resource, { owner, token, expiresAtMs });
      return { renewed: true, expiresAtMs };`,
        replace: `leases.set(resource, { owner, token, expiresAtMs, version: version + 1 });
      return { renewed: true, expiresAtMs, version: version + 1 };`,
      },
      {
        file: 'lease/heartbeat.ts',
        find: 'let renewedAtMs = acquiredAtMs;',
        replace: `let renewedAtMs = acquiredAtMs;
  let version = 0;`,
      },
      {
        file: 'lease/heartbeat.ts',
        find: 'leases.renew(claim)',
        replace: 'leases.renew({ ...claim, version })',
      },
      {
        file: 'lease/heartbeat.ts',
        find: 'renewedAtMs = sentAtMs;',
        replace: `renewedAtMs = sentAtMs;
    version = answer.version;`,
      },
    ],
  },
  {
    name: 'release without awaiting the heartbeat',
    scenario: 'one-commit',
    maxFaults: 1,
    edits: [
      {
        file: 'lease/heartbeat.ts',
        find: `      stopped.abort();
      await running;`,
        replace: '      stopped.abort();',
      },
    ],
  },
  {
    name: 'lease taken although held',
    scenario: 'side-by-side',
    edits: [
      {
        file: 'lease/in-process-lease-store.ts',
        find: 'if (held && !isMine(held, { owner, token }) && held.expiresAtMs > clock.now()) {',
        replace: 'if (held && !isMine(held, { owner, token }) && held.expiresAtMs < 0) {',
      },
    ],
  },
  {
    name: 'heartbeat that never aborts',
    scenario: 'commits',
    edits: [
      {
        file: 'lease/heartbeat.ts',
        find: `    loss.abort(error);
  }

  /** Renews`,
        replace: `  }

  /** Renews`,
      },
    ],
  },
  {
    name: 'lease waited for without bound',
    scenario: 'side-by-side',
    edits: [
      {
        file: 'lease/acquire-lease.ts',
        find: 'if (attempt > policy.maxRetries || waitMs >= leftMs()) {',
        replace: 'if (attempt < 0) {',
      },
    ],
  },
];
