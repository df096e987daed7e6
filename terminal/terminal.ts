import type { Writable } from 'node:stream';
import picocolors from 'picocolors';
import { displayText } from '../lib/text/index.ts';
import { wrapText } from './wrap-text.ts';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where lines are shown to people. */
export interface Terminal {
  /** They change nothing where colours are not wanted. */
  readonly colors: Colors;
  /** How wide a line may be. */
  readonly columns: number;
  line(text?: string): void;
  /**
   * Shows a text, indented, below the last line until something else is shown; an empty one only takes away the one
   * before. Does nothing but on a real terminal.
   */
  status(text: string): void;
}

/** A stream that may be a real terminal. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

const COLUMNS_OF_A_FILE = 100;
const FEWEST_COLUMNS = 40;
const MOST_COLUMNS = 120;
const INDENT = '  ';
const CLEAR_LINE = '\r\u001b[2K';

/** @param environment colours are left out where NO_COLOR is set, or TERM is `dumb`. */
export function terminalOn(
  stream: TerminalStream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const isTerminal = stream.isTTY === true && environment['TERM'] !== 'dumb';
  let hasStatus = false;
  const clear = () => (hasStatus ? CLEAR_LINE : '');
  return {
    colors: picocolors.createColors(isTerminal && !environment['NO_COLOR']),
    get columns() {
      const columns = stream.columns ?? COLUMNS_OF_A_FILE;
      return Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, columns));
    },
    line(text = '') {
      stream.write(`${clear()}${text}\n`);
      hasStatus = false;
    },
    status(text) {
      if (!isTerminal) return;
      const [firstLine = ''] = wrapText(displayText(text), this.columns - INDENT.length - 1);
      stream.write(clear() + (text === '' ? '' : INDENT + firstLine));
      hasStatus = text !== '';
    },
  };
}
