import type { Terminal } from '../../../terminal/index.ts';

/** Shows the steps of a start, each with the time that it took. */
export interface StartSteps extends Disposable {
  /** A slow step is a line of its own, and on a real terminal shows how long it has taken so far. */
  readonly begin: (label: string, more?: { readonly isSlow: boolean }) => void;
  readonly end: (label: string, durationMs: number) => void;
}

const TICK_MS = 1_000;

export function startSteps(terminal: Terminal): StartSteps {
  const { colors } = terminal;
  let ticking: NodeJS.Timeout | undefined;

  function tick(): void {
    const startedAtMs = Date.now();
    ticking = setInterval(() => {
      terminal.status(`${Math.round((Date.now() - startedAtMs) / 1000)} s`);
    }, TICK_MS);
  }

  return {
    begin(label, { isSlow } = { isSlow: false }) {
      if (!isSlow) return terminal.status(`· ${label} …`);
      terminal.line(`  · ${label} …`);
      tick();
    },
    end(label, durationMs) {
      clearInterval(ticking);
      terminal.line(`  ${colors.green('✓')} ${label} ${colors.dim(`${Math.round(durationMs)} ms`)}`);
    },
    [Symbol.dispose]: () => clearInterval(ticking),
  };
}
