import { verifySessions } from '../../operator/sessions/index.ts';
import type { Cli } from '../cli.ts';
import { onTarget } from '../command/on-target.ts';
import { parseName } from '../command/parse-name.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf } from '../command/tenant-option.ts';
import { verifyLines } from '../display/verify-lines.ts';
import { withProgress } from '../display/with-progress.ts';
import { UsageError } from '../errors.ts';

export function verify(cli: Cli) {
  return targetCommand(cli, {
    name: 'verify',
    summary: 'say what is wrong with a session, or with all of them, and what to do',
    details:
      'It checks the log, the seal, archives and their checksums, follow-ups, commits and dead letters, and writes nothing. It ' +
      'exits with 1 when there is a problem.',
    example: 'commitlane verify chat-42 --tenant acme --local',
  })
    .argument('[session]', 'the id of the session', parseName)
    .option('--tenant <tenant>', "the session's tenant; with --all: only this tenant", parseName)
    .option('--all', 'every session: reads the whole table, and AWS bills it as such')
    .action((session, { tenant, all = false, ...options }) => {
      if (all === (session !== undefined))
        throw new UsageError('Verify what? Name a session, or give --all.');
      if (session !== undefined) requireTenant(session, tenant, options);
      return onTarget(cli, options, async (target) => {
        const which =
          session === undefined ? { tenant } : { tenant: tenantOf(session, tenant, target), session };
        const document = await withProgress(cli, (report) =>
          verifySessions(target, which, { signal: cli.signal, report }),
        );
        return {
          document,
          lines: (view) => verifyLines(view, document.reports),
          isWell: document.problems === 0,
        };
      });
    });
}
