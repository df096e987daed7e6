import type { Terminal } from '../../../terminal/index.ts';

/** Shows the steps of a start, each with the time that it took. */
export interface StartSteps {
  begin(label: string): void;
  end(label: string, durationMs: number): void;
}

export function startSteps(terminal: Terminal): StartSteps {
  const { colors } = terminal;
  return {
    begin: (label) => terminal.status(`· ${label} …`),
    end: (label, durationMs) =>
      terminal.line(`  ${colors.green('✓')} ${label} ${colors.dim(`${Math.round(durationMs)} ms`)}`),
  };
}
