import type { Program } from './program.ts';

const isWordCharacter = (character: string | undefined) => character !== undefined && /\w/.test(character);

/**
 * How many instructions a program takes to find all its matches in a text, beginning anew after each match and, where there is none,
 * at each next character: `Infinity` when it takes more than `limit`. No clock is asked, so any machine counts the same.
 */
export function countSteps(program: Program, text: string, limit: number, isMultiline = false): number {
  const characters = Array.from(text);
  let steps = 0;
  for (let start = 0; start <= characters.length && steps <= limit; ) {
    const end = run(program, start);
    start = end === undefined || end === start ? start + 1 : end;
  }
  return steps > limit ? Number.POSITIVE_INFINITY : steps;

  /** The place behind the match that begins here. */
  function run(instructions: Program, start: number): number | undefined {
    const open: number[] = [0, start];
    while (open.length > 0 && steps <= limit) {
      let position = open.pop() ?? 0;
      let at = open.pop() ?? 0;
      for (let isAlive = true; isAlive && steps <= limit; ) {
        steps += 1;
        const instruction = instructions[at];
        at += 1;
        switch (instruction?.type) {
          case 'character': {
            const character = characters[instruction.step === 1 ? position : position - 1];
            isAlive = character !== undefined && instruction.matches(character);
            position += instruction.step;
            break;
          }
          case 'split':
            open.push(instruction.second, position);
            at = instruction.first;
            break;
          case 'jump':
            at = instruction.to;
            break;
          case 'edge':
            isAlive = isEdge(instruction.kind, position) !== instruction.negate;
            break;
          case 'look':
            isAlive = (run(instruction.program, position) !== undefined) !== instruction.negate;
            break;
          default:
            return position;
        }
      }
    }
    return undefined;
  }

  function isEdge(kind: 'start' | 'end' | 'word', position: number): boolean {
    const before = characters[position - 1];
    const after = characters[position];
    if (kind === 'start') return before === undefined || (isMultiline && before === '\n');
    if (kind === 'end') return after === undefined || (isMultiline && after === '\n');
    return isWordCharacter(before) !== isWordCharacter(after);
  }
}
