import { countSteps } from './count-steps.ts';
import { type HostileInput, hostileInputs } from './hostile-inputs.ts';
import { compile, parse } from './program.ts';

const KB = 1024;
/** The shortest length at which what grows faster than the input is told from what does not. */
const SCREENED_LENGTH = 128;
/** As many of the inputs that grow fastest are looked at further. */
const LOOKED_AT = 4;
/** Of one character of a short input; what takes more grows faster than any input could be tried. */
const MAX_STEPS_PER_CHARACTER = 2_500;
/** From one length to the next, four times as long: 4 is linear, 16 quadratic. */
const MAX_RATIO = 6;

export interface Growth {
  readonly isLinear: boolean;
  /** The worst that was found, for whoever mends the expression. */
  readonly input: HostileInput;
  /** For 64 KB, or `Infinity`. */
  readonly steps: number;
}

/** How a regular expression fares with the worst 64 KB that can be made from its own parts. */
export function worstGrowth({
  pattern,
  flags,
}: {
  readonly pattern: string;
  readonly flags: string;
}): Growth {
  const tree = parse(pattern, flags);
  const program = compile(tree, flags);
  const stepsFor = (input: HostileInput, length: number, limit: number) =>
    countSteps(program, textOf(input, length), limit, flags.includes('m'));
  const growthAt = (input: HostileInput, length: number) => {
    const steps = stepsFor(input, length, MAX_STEPS_PER_CHARACTER * length);
    return stepsFor(input, 2 * length, MAX_STEPS_PER_CHARACTER * 2 * length) / steps;
  };

  let suspects: { readonly input: HostileInput; readonly growth: number }[] = [];
  for (const input of hostileInputs(tree, flags)) {
    const growth = growthAt(input, SCREENED_LENGTH);
    if (!Number.isFinite(growth)) return { isLinear: false, input, steps: Number.POSITIVE_INFINITY };
    suspects = [...suspects, { input, growth }].sort((a, b) => b.growth - a.growth).slice(0, LOOKED_AT);
  }
  const [worst] = suspects
    .map(({ input }) => ({ input, growth: growthAt(input, 2 * KB) }))
    .sort((a, b) => b.growth - a.growth);
  if (!worst) throw new Error(`/${pattern}/${flags} gave no input.`);
  const { input } = worst;
  const before = stepsFor(input, 16 * KB, MAX_STEPS_PER_CHARACTER * 16 * KB);
  const steps = Number.isFinite(before) ? stepsFor(input, 64 * KB, MAX_RATIO * before) : before;
  return { isLinear: Number.isFinite(steps), input, steps };
}

function textOf({ before, repeated, after }: HostileInput, length: number): string {
  const count = Math.ceil((length - before.length - after.length) / repeated.length);
  return `${before}${repeated.repeat(Math.max(1, count))}${after}`;
}
