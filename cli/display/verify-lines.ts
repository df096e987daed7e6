import type { VerificationDocument } from '../../operator/sessions/index.ts';
import { count } from '../../operator/words/index.ts';
import { findingLines } from './finding-lines.ts';
import type { View } from './view.ts';

type Looked = Pick<VerificationDocument, 'reports' | 'scopeReports'>;

/** What is wrong in each session and scope and what to do, and what was looked at. */
export function verifyLines(view: View, { reports, scopeReports }: Looked): string[] {
  const { colors } = view;
  const all = [
    ...reports.map(({ key, findings }) => ({ title: `${key.session} of ${key.tenant}`, findings })),
    ...scopeReports.map(({ key, findings }) => ({
      title: `memories of ${key.scope} of ${key.tenant}`,
      findings,
    })),
  ];
  const problems = all
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'problem').length;
  return [
    ...all
      .filter(({ findings }) => findings.length > 0)
      .flatMap(({ title, findings }) => findingLines(view, title, findings)),
    problems === 0
      ? colors.green(`All is well: ${lookedAt({ reports, scopeReports })}.`)
      : colors.red(`${count(problems, 'problem')} in ${lookedAt({ reports, scopeReports })}.`),
  ];
}

function lookedAt({ reports, scopeReports }: Looked): string {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const messages = sum(reports.map(({ archivedMessages, liveMessages }) => archivedMessages + liveMessages));
  const earlier = sum(scopeReports.map((scope) => scope.earlier));
  const memories = sum(scopeReports.map((scope) => scope.memories));
  const sessions = [
    count(reports.length, 'session'),
    count(sum(reports.map(({ archives }) => archives)), 'archive'),
    count(messages, 'message'),
  ];
  const scopes = [
    count(scopeReports.length, 'scope'),
    `${memories} ${memories === 1 ? 'memory' : 'memories'}${earlier > 0 ? ` (${earlier} from before there were statements)` : ''}`,
    count(sum(scopeReports.map(({ statements }) => statements)), 'statement'),
  ];
  return [
    ...(reports.length > 0 || scopeReports.length === 0 ? sessions : []),
    ...(scopeReports.length > 0 ? scopes : []),
  ].join(', ');
}
