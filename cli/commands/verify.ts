import {
  type DeadLetter,
  deadLetterKinds,
  lookAtLetters,
  MAX_LETTERS_PER_REPLAY,
} from '../../lib/dead-letters/index.ts';
import { type Limits, parseLimits } from '../../lib/limits/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { type SessionReport, type VerifyContext, verifySession } from '../../lib/verify/index.ts';
import type { Cli } from '../cli.ts';
import { onTarget } from '../command/on-target.ts';
import { parseName } from '../command/parse-name.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf } from '../command/tenant-option.ts';
import { progressBar } from '../display/progress-bar.ts';
import { verifyLines } from '../display/verify-lines.ts';
import { queueSnapshot } from '../doctor/queue-snapshot.ts';
import { UsageError } from '../errors.ts';
import { readLimits } from '../limits/read-limits.ts';
import type { Parts } from '../target/parts.ts';
import type { Target } from '../target/target.ts';

export function verify(cli: Cli) {
  return targetCommand(cli, {
    name: 'verify',
    summary: 'say what is wrong with a session, or with all of them, and what to do',
    details:
      'It looks at log, seal, archives and their checksums, follow-ups, commits and dead letters, and writes nothing. It ' +
      'exits with 1 when there is a problem.',
    example: 'commitlane verify chat-42 --tenant acme --local',
  })
    .argument('[session]', 'the id of the session', parseName)
    .option('--tenant <tenant>', 'whose session it is; with --all: of one tenant only', parseName)
    .option('--all', 'every session: reads the whole table, and costs as much')
    .action((session, { tenant, all = false, ...options }) => {
      if (all === (session !== undefined))
        throw new UsageError('Verify what? Name a session, or give --all.');
      if (session !== undefined) requireTenant(session, tenant, options);
      return onTarget(cli, options, async (target, parts) => {
        const context = await prepare(cli, target, parts);
        const keys =
          session === undefined
            ? parts.items.sessions(cli.signal)
            : [{ tenant: tenantOf(session, tenant, target), session }];
        const reports = await verifyEach(cli, context, keys, tenant);
        const all = reports.flatMap(({ findings }) => findings);
        const problems = all.filter(({ severity }) => severity === 'problem').length;
        return {
          document: { stack: target.stackName, sessions: reports.length, problems, reports },
          lines: (view) => verifyLines(view, reports),
          isWell: problems === 0,
        };
      });
    });
}

async function prepare(cli: Cli, target: Target, parts: Parts): Promise<VerifyContext> {
  const deadLetters: DeadLetter[] = [];
  for (const kind of deadLetterKinds) {
    const look = { maxLetters: MAX_LETTERS_PER_REPLAY, signal: cli.signal };
    deadLetters.push(...(await lookAtLetters(parts.deadLetters(kind), look)).letters);
  }
  const { values, problems, deployment } = await readLimits(target, cli.signal);
  // Limits that are not valid are not in effect; `limits list` and `doctor` say so.
  const limits: Limits = parseLimits(problems.length === 0 ? values : {});
  const { store, items, clock, random } = parts;
  const commitQueue = await queueSnapshot(target, clock.now(), cli.signal);
  const { maxReceiveCount } = deployment;
  return { store, items, clock, random, limits, maxReceiveCount, commitQueue, deadLetters };
}

async function verifyEach(
  cli: Cli,
  context: VerifyContext,
  keys: AsyncIterable<SessionKey> | Iterable<SessionKey>,
  tenant: string | undefined,
): Promise<SessionReport[]> {
  const bar = progressBar(cli, 0);
  const reports: SessionReport[] = [];
  try {
    for await (const key of keys) {
      if (tenant !== undefined && key.tenant !== tenant) continue;
      bar.say(`verifying ${key.tenant}/${key.session}; ${reports.length} are done`);
      reports.push(await verifySession(context, key, cli.signal));
    }
  } finally {
    bar.end();
  }
  return reports;
}
