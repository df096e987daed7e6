import type { SessionReport } from '../../lib/verify/index.ts';
import { count } from '../../operator/words/index.ts';
import { displayText, wrapText } from '../../terminal/index.ts';
import type { View } from './view.ts';

/** What is wrong in each session and what to do, and what was looked at. */
export function verifyLines(view: View, reports: readonly SessionReport[]): string[] {
  const { colors } = view;
  const findings = reports.flatMap((report) => report.findings);
  const problems = findings.filter(({ severity }) => severity === 'problem').length;
  const archives = reports.reduce((sum, report) => sum + report.archives, 0);
  const messages = reports.reduce(
    (sum, { archivedMessages, liveMessages }) => sum + archivedMessages + liveMessages,
    0,
  );
  const looked = `${count(reports.length, 'session')}, ${count(archives, 'archive')}, ${count(messages, 'message')}`;
  return [
    ...reports.filter((report) => report.findings.length > 0).flatMap((report) => reportLines(view, report)),
    problems === 0
      ? colors.green(`All is well: ${looked}.`)
      : colors.red(`${count(problems, 'problem')} in ${looked}.`),
  ];
}

function reportLines(view: View, { key, findings }: SessionReport): string[] {
  const { colors } = view;
  const wrapped = (text: string, indent: string, paint: (line: string) => string) =>
    wrapText(displayText(text), view.columns - indent.length).map((line) => `${indent}${paint(line)}`);
  return [
    colors.bold(`${key.session} of ${key.tenant}`),
    ...findings.flatMap(({ code, severity, what, whatToDo }) => [
      ...wrapped(
        `${severity === 'problem' ? '✗' : '·'} ${code}: ${what}`,
        '  ',
        severity === 'problem' ? colors.red : colors.yellow,
      ),
      ...wrapped(whatToDo, '    ', String),
    ]),
    '',
  ];
}
