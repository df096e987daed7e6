import { applyChoice } from '../world/apply-choice.ts';
import { type Choice, isFault } from '../world/choice.ts';
import { choicesOf } from '../world/choices-of.ts';
import { hashText } from '../world/content-hash.ts';
import { fingerprint } from '../world/fingerprint.ts';
import { initialState } from '../world/initial-state.ts';
import type { Machine } from '../world/machine.ts';
import type { State } from '../world/state.ts';
import { countCrash, type Figures, noFigures } from './figures.ts';
import { breachAfter, breachAtEnd, type Violation } from './violation.ts';
import type { VisitedSet } from './visited-set.ts';

export interface SearchOptions {
  /** States that were reached with a fault; shared by the searches that share the work. */
  readonly visited: VisitedSet;
  /** States that were reached without one: every search goes through all of them. */
  readonly faultless: VisitedSet;
  /** Asked now and then, with the schedules so far; the search stops when it says so. */
  readonly mustStop: (schedules: number) => boolean;
  /** Begins at another choice in each state, so that a search that is stopped has been everywhere a little. */
  readonly isTurned: boolean;
  /** This search follows the first faults of its own part only, from 0. */
  readonly part: { readonly index: number; readonly of: number };
}

export interface SearchResult {
  readonly figures: Figures;
  /** Whether every schedule was followed. */
  readonly isComplete: boolean;
  readonly violation?: Violation;
  /** The schedule that was followed last, where one is followed from its beginning. */
  readonly last?: readonly Choice[];
}

interface Frame {
  readonly state: State;
  readonly choices: readonly Choice[];
  next: number;
}

const STEPS_BETWEEN_CHECKS = 256;

/** Follows every schedule, depth first, until it ends or reaches a state that was explored before. */
export function searchDepthFirst(machine: Machine, options: SearchOptions): SearchResult {
  const { visited, faultless, mustStop } = options;
  const figures = noFigures();
  const first = initialState(machine);
  const stack: Frame[] = [{ state: first, choices: choicesOf(machine, first), next: 0 }];
  faultless.add(fingerprint(first));
  const schedule = () => stack.flatMap(({ choices, next }) => choices[next - 1] ?? []);

  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const choice = frame.choices[frame.next];
    if (!choice) {
      stack.pop();
      continue;
    }
    frame.next += 1;
    figures.steps += 1;
    if (figures.steps % STEPS_BETWEEN_CHECKS === 0 && (mustStop(figures.schedules) || visited.isFull())) {
      return { figures: withStates(figures, options), isComplete: false };
    }
    const step = applyChoice(machine, frame.state, choice);
    countCrash(figures, machine, frame.state, choice);
    const breach = breachAfter(step, machine);
    if (breach)
      return {
        figures: withStates(figures, options),
        isComplete: false,
        violation: { ...breach, schedule: schedule() },
      };
    const text = fingerprint(step.after);
    if (!(step.after.faults > 0 ? visited : faultless).add(text)) {
      figures.schedules += 1;
      continue;
    }
    const choices = choicesOf(machine, step.after);
    if (choices.every(isFault)) {
      const left = breachAtEnd(step.after, machine);
      if (left)
        return {
          figures: withStates(figures, options),
          isComplete: false,
          violation: { ...left, schedule: schedule() },
        };
    }
    if (choices.length === 0) figures.schedules += 1;
    else stack.push({ state: step.after, choices: owned(options, step.after, text, choices), next: 0 });
  }
  return { figures: withStates(figures, options), isComplete: true };
}

/** What follows a first fault is its owner's alone. */
function owned(
  { part, isTurned }: SearchOptions,
  { faults }: State,
  text: string,
  choices: readonly Choice[],
) {
  const hash = hashText(text);
  const first = isTurned ? hash % choices.length : 0;
  const turned = [...choices.slice(first), ...choices.slice(0, first)];
  if (part.of === 1 || faults > 0) return turned;
  return turned.filter((choice, index) => !isFault(choice) || (hash + index) % part.of === part.index);
}

/** The states without a fault are the same for all parts: the first one counts them. */
function withStates(figures: Figures, { visited, faultless, part }: SearchOptions): Figures {
  return { ...figures, distinctStates: visited.added + (part.index === 0 ? faultless.added : 0) };
}
