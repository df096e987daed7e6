import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { printReport } from '../../local/job/display/print-report.ts';
import type { JobResult } from '../../local/job/run/job-result.ts';
import { displayWidth, terminalOn } from '../../terminal/index.ts';
import { conversationOf } from '../job/conversations.ts';

function stream(properties: { isTTY?: boolean; columns?: number } = {}) {
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), properties);
  return { output, read: () => String(output.read() ?? '') };
}

describe('a terminal', () => {
  it('shows a status until the next line replaces it', () => {
    const { output, read } = stream({ isTTY: true, columns: 80 });
    const terminal = terminalOn(output, {});
    terminal.status('one\nmoment');
    terminal.line('done');
    expect(read()).toBe('  one moment\r\u001b[2Kdone\n');
  });

  it('takes a status away, with its indent, when it is empty', () => {
    const { output, read } = stream({ isTTY: true, columns: 80 });
    const terminal = terminalOn(output, {});
    terminal.status('');
    terminal.status('one moment');
    terminal.status('');
    terminal.line('done');
    expect(read()).toBe('  one moment\r\u001b[2Kdone\n');
  });

  it('has colours, unless NO_COLOR is set', () => {
    expect(terminalOn(stream({ isTTY: true }).output, {}).colors.red('x')).toBe('\u001b[31mx\u001b[39m');
    expect(terminalOn(stream({ isTTY: true }).output, { NO_COLOR: '1' }).colors.red('x')).toBe('x');
  });

  it.each([
    ['that is a file', {}, {}],
    ['that is dumb', { isTTY: true }, { TERM: 'dumb' }],
  ])('%s gets plain lines, and no status', (_, properties, environment) => {
    const { output, read } = stream(properties);
    const terminal = terminalOn(output, environment);
    terminal.status('one moment');
    terminal.line(terminal.colors.red('done'));
    expect(read()).toBe('done\n');
  });
});

describe('the report', () => {
  const conversation = conversationOf('tea', 1);
  const result: JobResult = {
    appended: 1,
    sessions: [
      {
        conversation,
        stored: {
          sessionId: conversation.sessionId,
          scope: 'ann',
          archiveCount: 1,
          live: [],
          archives: [
            {
              archive: 1,
              from: 1,
              to: 1,
              messages: [],
              messageCount: 1,
              bytes: 2_048,
              commitId: 'c1',
              sealedAt: '2026-01-01T00:00:00.000Z',
              followUp: 'completed',
              summary: `They talk about tea. ${'And then about more tea. '.repeat(10)}\u001b[2J`,
            },
          ],
        },
      },
    ],
    memories: [
      {
        scope: 'ann',
        memories: [
          {
            category: 'preference',
            key: 'drink',
            text: 'Prefers tea to coffee.',
            confidence: 0.9,
            firstSeenAt: '2026-01-01T00:00:00.000Z',
            lastSeenAt: '2026-01-01T00:00:00.000Z',
            by: {
              kind: 'archive',
              session: conversation.sessionId,
              archive: 1,
              messageId: 'm',
              model: 'offline:extractive',
            },
          },
        ],
      },
    ],
    commits: [],
    problems: [],
  };

  function reportOf(shown: JobResult): string[] {
    const { output, read } = stream({ columns: 60 });
    printReport(terminalOn(output, {}), shown);
    return read().split('\n');
  }

  it('is as wide as the terminal, and shows nothing that could control it', () => {
    const lines = reportOf(result);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(60);
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(lines).toContain('  Archive 1  1 message, positions 1 to 1, 2.0 KiB');
  });

  it('says what the offline model has left out', () => {
    const { output, read } = stream({ columns: 60 });
    const message = '1 message of tea is in another language than English.';
    printReport(terminalOn(output, {}), result, [{ session: 'tea', messages: 1, message }]);
    expect(read().split('\n')).toContain(message);
  });

  it('names a memory with its category, and the archive that says so', () => {
    expect(reportOf(result)).toEqual(
      expect.arrayContaining(['  Preferences', '    Prefers tea to coffee.', '      drink, from tea 1']),
    );
  });

  it('says how many problems there are, and names the first of them', () => {
    const problems = Array.from({ length: 32 }, (_, index) => ({
      kind: 'lost' as const,
      message: `M${index}`,
    }));
    const lines = reportOf({ ...result, problems });
    expect(lines).toEqual(expect.arrayContaining(['32 problems:', '  lost: M0', '  lost: M29']));
    expect(lines).toContain('  and 2 more (--once --json lists all)');
    expect(lines.join('\n')).not.toContain('All is well');
  });
});
