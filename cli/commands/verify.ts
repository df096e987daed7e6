import { verifyErasure, verifySessions } from '../../operator/sessions/index.ts';
import type { Cli } from '../cli.ts';
import { onTarget } from '../command/on-target.ts';
import { parseName } from '../command/parse-name.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf } from '../command/tenant-option.ts';
import { erasureLines } from '../display/erasure-lines.ts';
import { verifyLines } from '../display/verify-lines.ts';
import { withProgress } from '../display/with-progress.ts';
import { UsageError } from '../errors.ts';

export function verify(cli: Cli) {
  return targetCommand(cli, {
    name: 'verify',
    summary: 'say what is wrong with a session or a scope, or with all of them, and what to do',
    details:
      'Of a session it checks the log, the seal, archives and their checksums, follow-ups, commits and dead letters; of a ' +
      "scope, that each memory is what its statements make, and that deletions find each of them. With --erased it proves that nothing is left of a deleted session, in any of its tenant's scopes. " +
      'It writes nothing, and exits with 1 when there is a problem.',
    example: 'commitlane verify chat-42 --tenant acme --local',
  })
    .argument('[session]', 'the id of the session', parseName)
    .option('--tenant <tenant>', 'whose session or scope; with --all: only this tenant', parseName)
    .option('--scope <scope>', 'the memories of this scope', parseName)
    .option('--erased', 'a session that is deleted: reads the whole table, and AWS bills it as such')
    .option('--all', 'every session and scope: reads the whole table, and AWS bills it as such')
    .action((session, { tenant, scope, erased = false, all = false, ...options }) => {
      const wanted = [session !== undefined, scope !== undefined, all].filter(Boolean).length;
      if (wanted !== 1) throw new UsageError('Verify what? Name a session, or give --scope or --all.');
      if (erased && session === undefined) throw new UsageError('Which session? Name it after --erased.');
      if (session !== undefined) requireTenant(session, tenant, options);
      if (scope !== undefined && tenant === undefined && !options.local)
        throw new UsageError(`Whose scope is ${scope}? Give --tenant.`);
      return onTarget(cli, options, async (target) => {
        const whose = (name: string) => tenantOf(name, tenant, target);
        const { signal } = cli;
        if (erased && session !== undefined) {
          const key = { tenant: whose(session), session };
          const document = await withProgress(cli, (report) =>
            verifyErasure(target, key, { signal, report }),
          );
          const lines = (view: Parameters<typeof erasureLines>[0]) => erasureLines(view, document);
          return { document, lines, isWell: document.problems === 0 };
        }
        const which = () => {
          if (session !== undefined) return { tenant: whose(session), session };
          return scope === undefined ? { tenant } : { tenant: whose(scope), scope };
        };
        const document = await withProgress(cli, (report) =>
          verifySessions(target, which(), { signal, report }),
        );
        const lines = (view: Parameters<typeof verifyLines>[0]) => verifyLines(view, document);
        return { document, lines, isWell: document.problems === 0 };
      });
    });
}
