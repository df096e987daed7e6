import type { ContentPart } from '../../../lib/messages/index.ts';
import { type Change, type Code, changes, modules } from './changes.ts';
import { tinyPng } from './tiny-png.ts';

const LOG_BYTES = 50_000;
export const failed = { isError: true } as const;

/** A call of a tool, with what comes back. */
export interface Call {
  readonly toolName: string;
  readonly input: { readonly [name: string]: string };
  readonly output: string | readonly { readonly type: string; readonly [field: string]: string }[];
  readonly isError?: boolean;
}

export function readFile(path: string, output: string): Call {
  return { toolName: 'read_file', input: { path }, output };
}

export function command(line: string, output: string): Call {
  return { toolName: 'run_command', input: { command: line }, output };
}

export function edit({ module, name }: Code, oldText: string, newText: string): Call {
  const path = `src/${module}/${name}.ts`;
  return { toolName: 'edit_file', input: { path, oldText, newText }, output: `1 replacement in ${path}` };
}

export function typeCheck(module: string): Call {
  return command('npx tsc --noEmit', `src/${module}: no errors`);
}

export function runTests(
  { module, name, test, failure }: Code,
  random: () => number,
  isFailing = false,
): Call {
  const line = `npx vitest run test/${module}`;
  const milliseconds = 20 + Math.floor(random() * 300);
  const title = `test/${module}/${name}.test.ts > ${name} ${test}`;
  if (!isFailing) return command(line, ` ✓ ${title} ${milliseconds}ms\n\n Tests  1 passed (1)`);
  const output = ` × ${title} ${milliseconds}ms\n   AssertionError: ${failure}\n    at test/${module}/${name}.test.ts:9:32\n\n Tests  1 failed (1)\n\nexit code 1`;
  return { ...command(line, output), ...failed };
}

export function repair(code: Code): [ContentPart[], Call[]] {
  const { module, after, fix, failure } = code;
  return [
    [{ type: 'text', text: `The test is right: ${failure}. I was not careful enough.` }],
    [edit(code, after, fix), command(`grep -rn "moment" src/${module}`, 'no matches')],
  ];
}

export function search({ module, name }: Code, random: () => number): [ContentPart[], Call[]] {
  const line = 10 + Math.floor(random() * 200);
  return [
    [],
    [
      command(`grep -rn "moment" src/${module} test/${module}`, 'no matches'),
      command(
        `grep -rn "${name}" src --include=*.ts`,
        `src/api/${module}.ts:${line}:  ${name}: ${name}(record),\nsrc/${module}/index.ts:3:export { ${name} } from './${name}.ts';`,
      ),
    ],
  ];
}

export function commit({ module, name }: Code, index: number): Call {
  const hash = (0x4c1d00 + index * 7_919).toString(16);
  return command(`git commit -qam "${module}: ${name} without moment" && git log -1 --format=%h`, hash);
}

export function sourceOf({ module, name, before }: Code): string {
  const type = module.replace(/s$/, '');
  return [
    "import moment from 'moment-timezone';",
    `import type { Record as ${type}Record } from './record.ts';`,
    '',
    `/** Of ${module}: see docs/${module}.md. */`,
    `export function ${name}({ issued, start, end, at, due, zone }: ${type}Record) {`,
    `  return ${before};`,
    '}',
  ].join('\n');
}

export function testOf({ module, name, test }: Code): string {
  return [
    "import { expect, it } from 'vitest';",
    `import { ${name} } from '../../src/${module}/index.ts';`,
    `import { record } from './record.ts';`,
    '',
    `it('${name} ${test.replaceAll("'", "\\'")}', () => {`,
    `  const given = record({ issued: '2025-01-31', zone: 'Europe/Oslo' });`,
    `  expect(${name}(given)).toMatchSnapshot();`,
    '});',
  ].join('\n');
}

export function logOf(module: string, random: () => number): string {
  const people = ['Jonas', 'Ewa', 'Søren', '美咲'];
  return people
    .map(
      (person) =>
        `${Math.floor(random() * 0xfffffff)
          .toString(16)
          .padStart(7, '0')} ${person}: ${module}, review`,
    )
    .join('\n');
}

/** What a run of all tests prints: 50 KB. */
export function suiteLog(module: string, random: () => number): string {
  const lines: string[] = [' RUN  v3.2.4 /home/agent/parcel-desk', ''];
  for (let bytes = 0, n = 0; bytes < LOG_BYTES; n += 1) {
    const change = changes[n % changes.length] as Change;
    const folder = modules[(n * 7) % modules.length] ?? module;
    const line = ` ✓ test/${folder}/${change.name}.test.ts > case ${n} ${change.test} ${Math.floor(random() * 900)}ms`;
    lines.push(line);
    bytes += Buffer.byteLength(line) + 1;
  }
  return [...lines, '', ` × test/${module}: 1 failed`].join('\n');
}

export function screenshot(module: string, index: number): Call {
  return {
    toolName: 'screenshot',
    input: { page: `/${module}` },
    output: [
      { type: 'text', text: `/${module} at 24 × 16` },
      {
        type: 'file',
        mediaType: 'image/png',
        data: tinyPng(index).toString('base64'),
        name: `${module}.png`,
      },
    ],
  };
}
