import { type Terminal, table, wrapText } from '../../terminal/index.ts';
import type { CheckedClaim } from '../claim.ts';
import type { Totals } from '../counting/totals.ts';
import type { Report, SectionReport } from '../report.ts';
import type { Row } from '../section.ts';
import { amount } from './amount.ts';
import { requestKinds } from './request-kinds.ts';

const INDENT = '  ';
const numbers = { align: 'right' } as const;

const legend =
  'W: write request units, of 1 KB. R: read request units, of 4 KB, strongly consistent. DynamoDB, SQS, SSM, Redis: requests. Sent, received: bytes of bodies to and from AWS.';

/** The report for people: a table for each concern, then what the documentation promises. */
export function reportLines(report: Report, terminal: Terminal): string[] {
  return [
    ...wrapText(legend, terminal.columns),
    ...report.sections.flatMap((section) => ['', ...sectionLines(section, terminal)]),
    '',
    ...claimLines(report.claims, terminal),
  ];
}

interface Column {
  readonly heading: string;
  readonly numberOf: (totals: Totals) => number;
  readonly cell: (totals: Totals) => string;
}

const column = (heading: string, total: keyof Totals, unit: 'requests' | 'bytes' = 'requests'): Column => ({
  heading,
  numberOf: (totals) => totals[total],
  cell: (totals) => (unit === 'bytes' ? amount(totals[total], unit) : String(totals[total])),
});

const allColumns: readonly Column[] = [
  column('W', 'writeUnits'),
  column('R', 'readUnits'),
  column('DynamoDB', 'dynamodbRequests'),
  column('SQS', 'sqsRequests'),
  column('SSM', 'ssmRequests'),
  column('Redis', 'redisRequests'),
  column('sent', 'sentBytes', 'bytes'),
  column('received', 'receivedBytes', 'bytes'),
];

/** Those in which a row has something to say. */
function columnsOf(rows: readonly Row[]): readonly Column[] {
  return allColumns.filter(({ numberOf }) => rows.some(({ totals }) => numberOf(totals) > 0));
}

function sectionLines({ name, title, meaning, rows, figures }: SectionReport, terminal: Terminal): string[] {
  const { colors, columns } = terminal;
  const used = columnsOf(rows);
  const heading = ['', ...used.map((column) => column.heading)];
  const cells = rows.map((row) => [row.label, ...used.map((column) => column.cell(row.totals))]);
  const last = rows.at(-1);
  return [
    `${colors.bold(title)}  ${colors.dim(`--only ${name}`)}`,
    ...wrapText(meaning, columns - INDENT.length).map((line) => colors.dim(INDENT + line)),
    ...(rows.length > 0 ? table([heading, ...cells], numbers).map((line) => INDENT + line) : []),
    ...(last && last.requests.length > 0
      ? wrapText(`${last.label}: ${requestKinds(last.requests)}`, columns - INDENT.length).map((line) =>
          colors.dim(INDENT + line),
        )
      : []),
    ...table(
      figures.map(({ label, value, unit }) => [label, amount(value, unit)]),
      numbers,
    ).map((line) => INDENT + line),
  ];
}

function claimLines(claims: readonly CheckedClaim[], { colors, columns }: Terminal): string[] {
  const broken = claims.filter(({ holds }) => !holds);
  if (broken.length === 0) {
    return [colors.green(`All ${claims.length} promises of the documentation that were measured are kept.`)];
  }
  return [
    colors.red(`${broken.length} of ${claims.length} promises that were measured are not kept:`),
    ...broken.flatMap(({ sentence, statedIn, figure, expected, measured }) =>
      wrapText(
        `${sentence} (${statedIn.page}: “${statedIn.words}”). ${figure} is ${amount(measured, 'ratio')}; expected: ${JSON.stringify(expected)}.`,
        columns - INDENT.length,
      ).map((line) => INDENT + line),
    ),
  ];
}
