import type { CanonicalMessage, ContentPart } from '../../../lib/messages/index.ts';
import { seededRandom } from '../seeded-random.ts';
import {
  type Call,
  command,
  commit,
  edit,
  failed,
  logOf,
  readFile,
  repair,
  runTests,
  screenshot,
  search,
  sourceOf,
  suiteLog,
  testOf,
  typeCheck,
} from './calls.ts';
import { type Change, type Code, changes, modules } from './changes.ts';
import { tinyPng } from './tiny-png.ts';

// Writes the transcript: node test/support/transcript/agent-transcript.ts > events/conversations/long/leaving-moment-behind.jsonl

const SEED = 20_251_117;
const START = Date.parse('2025-11-17T08:30:00Z');

const say = (text: string): ContentPart => ({ type: 'text', text });

/**
 * What an agent did in a day: it replaces one library by another in forty modules of a repository, in five turns each.
 * Calls run side by side, some fail, some return 50 KB, some return images; the agent thinks in between, and people
 * interrupt. It is the same in every run.
 */
function agentTranscript(): CanonicalMessage[] {
  const random = seededRandom(SEED);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
  const messages: CanonicalMessage[] = [];
  let seconds = 0;
  let calls = 0;

  function add(role: CanonicalMessage['role'], content: CanonicalMessage['content']): void {
    seconds += 4 + Math.floor(random() * 50);
    messages.push({ role, content, at: new Date(START + seconds * 1_000).toISOString() });
  }

  /** A turn of the agent: what it says, what it calls, and what comes back. */
  function turn(said: readonly ContentPart[], turnCalls: readonly Call[]): void {
    const made = turnCalls.map((call) => {
      calls += 1;
      return { ...call, toolCallId: `call_${String(calls).padStart(4, '0')}` };
    });
    add('assistant', [
      ...said,
      ...made.map(({ toolCallId, toolName, input }) => ({ type: 'tool-call', toolCallId, toolName, input })),
    ]);
    const results = made.map(({ toolCallId, toolName, output, isError }) => ({
      type: 'tool-result',
      toolCallId,
      toolName,
      output,
      ...(isError && { isError }),
    }));
    if (random() < 0.5) add('tool', results);
    else for (const result of results) add('tool', [result]);
  }

  add(
    'system',
    'You are a coding agent in the repository parcel-desk. Tools: read_file, edit_file, run_command, screenshot. Commit each module on its own. Ask before you push.',
  );
  add(
    'user',
    'moment has to go before the audit on Friday. Please replace it by Temporal, module by module: change, test, commit. Jonas reviews tonight, so small commits, please. 🙏',
  );
  for (const [index, module] of modules.entries()) {
    const change = changes[index % changes.length] as Change;
    const isCareless = index % 3 === 1;
    const code = { module, ...change };
    interrupt(index, module, add);
    turn(opening(index, module, pick), lookAt(index, code, random));
    turn(
      [say(`\`${change.name}\` is the only use here. I replace it.`)],
      [edit(code, change.before, change.after)],
    );
    turn(
      isCareless ? [] : [say('Now its tests, and the types.')],
      isCareless ? [runTests(code, random, true)] : [runTests(code, random), typeCheck(module)],
    );
    turn(...(isCareless ? repair(code) : search(code, random)));
    turn([], [runTests(code, random), commit(code, index)]);
    if (index % 10 === 9) add('assistant', report(index));
  }
  add('user', 'That is all of them? Then I tell Jonas. Thank you!');
  add(
    'assistant',
    'All forty: `moment` is in no `package.json` any more. The branch is `no-moment`, forty commits, not pushed.',
  );
  return messages;
}

function opening(index: number, module: string, pick: <T>(list: readonly [T, ...T[]]) => T): ContentPart[] {
  const thought = pick([
    `${module} comes next. It has tests, so I can see at once whether the change is right.`,
    `In ${module} the zone matters: moment took that of the machine, Temporal takes none unless told.`,
    `Before I touch ${module} I want to know who calls it.`,
  ]);
  if (index % 10 === 4)
    return [{ type: 'redacted_thinking', data: Buffer.from(`${thought} ${index}`).toString('base64') }];
  const signature = Buffer.from(`signed ${module} ${index}`).toString('base64');
  const reasoning = { type: 'reasoning', text: thought, anthropic: { signature } };
  return index % 2 === 0 ? [reasoning, say(`Next: \`${module}\`.`)] : [reasoning];
}

function lookAt(index: number, code: Code, random: () => number): Call[] {
  const { module, name } = code;
  const looks = [
    readFile(`src/${module}/${name}.ts`, sourceOf(code)),
    readFile(`test/${module}/${name}.test.ts`, testOf(code)),
  ];
  if (index % 3 === 0) looks.push(command(`git log --oneline -5 -- src/${module}`, logOf(module, random)));
  if (index % 10 === 5)
    looks.push({ ...command('npx vitest run', suiteLog(module, random)), ...(index === 15 && failed) });
  if (index % 8 === 7) looks.push(screenshot(module, index));
  if (index % 7 === 6)
    looks.push({
      ...readFile(`src/${module}/zone.ts`, `ENOENT: no such file or directory, open 'src/${module}/zone.ts'`),
      ...failed,
    });
  return looks;
}

/** People speak in between. */
function interrupt(
  index: number,
  module: string,
  add: (role: 'user', content: CanonicalMessage['content']) => void,
): void {
  if (index === 12) {
    add(
      'user',
      `Wait: ${module} is Ewa's. She says that contracts must not change their rounding. Keep that in mind, please.`,
    );
  }
  if (index === 20) {
    add('user', [
      say('This is what the calendar looks like on my machine. Is it the same week on yours?'),
      { type: 'file', mediaType: 'image/png', data: tinyPng(99).toString('base64'), name: 'calendar.png' },
    ]);
  }
  if (index === 30) {
    add('user', [
      say('And the design for the report, in case you need it:'),
      { type: 'file', mediaType: 'application/pdf', url: 'https://files.example.com/parcel-desk/report.pdf' },
    ]);
  }
}

function report(index: number): string {
  const done = index + 1;
  return `${done} of ${modules.length} modules are done, each a commit of its own. ${
    done === modules.length ? 'I removed the dependency, too.' : `I go on with \`${modules[done]}\`.`
  }`;
}

/** One message a line, as `npm start -- --input` reads them. */
export function transcriptLines(): string {
  return `${agentTranscript()
    .map((message) => JSON.stringify(message))
    .join('\n')}\n`;
}

if (import.meta.main) process.stdout.write(transcriptLines());
