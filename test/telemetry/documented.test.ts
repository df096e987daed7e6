import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventLines } from '../../lib/telemetry/event-lines.ts';
import { metricDefinitions } from '../../lib/telemetry/index.ts';

const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const rows = operations.split('\n').filter((line) => line.startsWith('| `'));
const rowOf = (name: string) => rows.find((row) => row.split(' | ')[0]?.includes(`\`${name}\``)) ?? '';

describe('docs/operations.md', () => {
  it.each(Object.entries(eventLines))(
    'has a row for the event %s, with its level and fields',
    (type, line) => {
      // Every line of a commit or a follow-up has the archive, once it is known.
      const fields = (line.shows as readonly string[]).filter((name) => name !== 'archive');
      expect(rowOf(type)).toContain(`| ${line.level} |`);
      for (const name of fields) expect(rowOf(type)).toMatch(new RegExp(`\`${name}\\??\``));
    },
  );

  it.each(Object.entries(metricDefinitions))(
    'has a row for the metric %s, as it is defined',
    (name, metric) => {
      const by = 'by' in metric ? `\`${metric.by}\`` : '';
      expect(rowOf(name)).toBe(`| \`${name}\` | ${metric.unit.toLowerCase()} | ${by} | ${metric.meaning} |`);
    },
  );
});
