import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** One instruction of a matcher that tries alternatives one after another, as the engine of JavaScript does. */
type Instruction =
  | { readonly type: 'character'; readonly matches: (character: string) => boolean; readonly step: 1 | -1 }
  /** Goes on at `first`; when that fails, at `second`. */
  | { readonly type: 'split'; first: number; second: number }
  | { readonly type: 'jump'; to: number }
  | { readonly type: 'edge'; readonly kind: 'start' | 'end' | 'word'; readonly negate: boolean }
  | { readonly type: 'look'; readonly program: Program; readonly negate: boolean }
  | { readonly type: 'match' };

export type Program = readonly Instruction[];

export function parse(pattern: string, flags: string): AST.Pattern {
  const unicode = flags.includes('u');
  return new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode });
}

/**
 * @throws Error for a backreference: what matches it depends on what matched before, and no bound can be shown for it.
 */
export function compile(pattern: AST.Pattern, flags: string): Program {
  return programOf(pattern.alternatives, 1, matcherOf(flags));
}

/** Whether one character is in a set of the pattern, asked once for each. */
export function matcherOf(flags: string): (raw: string) => (character: string) => boolean {
  const native = flags.replace(/[gy]/g, '');
  return (raw) => {
    const expression = new RegExp(`^(?:${raw})$`, native);
    const known = new Map<string, boolean>();
    return (character) => {
      const before = known.get(character);
      if (before !== undefined) return before;
      const matches = expression.test(character);
      known.set(character, matches);
      return matches;
    };
  };
}

function programOf(
  alternatives: readonly AST.Alternative[],
  step: 1 | -1,
  matcher: ReturnType<typeof matcherOf>,
): Program {
  const program: Instruction[] = [];
  emitAlternatives(alternatives);
  program.push({ type: 'match' });
  return program;

  function emitAlternatives(choices: readonly AST.Alternative[]): void {
    const jumps: Extract<Instruction, { type: 'jump' }>[] = [];
    for (const [index, { elements }] of choices.entries()) {
      const isLast = index === choices.length - 1;
      const split = { type: 'split' as const, first: program.length + 1, second: 0 };
      if (!isLast) program.push(split);
      for (const element of step === 1 ? elements : elements.toReversed()) emit(element);
      if (isLast) continue;
      const jump = { type: 'jump' as const, to: 0 };
      program.push(jump);
      jumps.push(jump);
      split.second = program.length;
    }
    for (const jump of jumps) jump.to = program.length;
  }

  function emitQuantifier({ element, min, max, greedy }: AST.Quantifier): void {
    for (let count = 0; count < min; count += 1) emit(element);
    const exits: Extract<Instruction, { type: 'split' }>[] = [];
    for (let count = min; count < (max === Number.POSITIVE_INFINITY ? min + 1 : max); count += 1) {
      const split = { type: 'split' as const, first: program.length + 1, second: 0 };
      program.push(split);
      exits.push(split);
      emit(element);
      if (max === Number.POSITIVE_INFINITY) program.push({ type: 'jump', to: program.indexOf(split) });
    }
    for (const split of exits) {
      split.second = program.length;
      if (!greedy) [split.first, split.second] = [split.second, split.first];
    }
  }

  function emit(element: AST.Element): void {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        program.push({ type: 'character', matches: matcher(element.raw), step });
        return;
      case 'Group':
      case 'CapturingGroup':
        emitAlternatives(element.alternatives);
        return;
      case 'Quantifier':
        emitQuantifier(element);
        return;
      case 'Assertion':
        program.push(assertion(element));
        return;
      default:
        throw new Error(`${element.raw} cannot be bounded: find a pattern without it.`);
    }
  }

  function assertion(element: AST.Assertion): Instruction {
    if (element.kind === 'lookahead' || element.kind === 'lookbehind') {
      const direction = element.kind === 'lookahead' ? 1 : -1;
      const inner = programOf(element.alternatives, direction, matcher);
      return { type: 'look', program: inner, negate: element.negate };
    }
    return { type: 'edge', kind: element.kind, negate: element.kind === 'word' && element.negate };
  }
}
