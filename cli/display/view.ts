import { type Colors, type TerminalStream, terminalOn } from '../../terminal/index.ts';

/** How lines may look where they are shown. */
export interface View {
  /** They change nothing where colours are not wanted. */
  readonly colors: Colors;
  readonly columns: number;
}

/** Colours on a terminal only, unless NO_COLOR is set or TERM is `dumb`. */
export function viewOf(
  stream: TerminalStream,
  variables: Readonly<Record<string, string | undefined>>,
): View {
  const { colors, columns } = terminalOn(stream, variables);
  return { colors, columns };
}
