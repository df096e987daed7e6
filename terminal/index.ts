export { displayText } from '../lib/text/index.ts';
export { displayWidth } from './display-width.ts';
export { listenForInterrupts } from './listen-for-interrupts.ts';
export { shortText } from './short-text.ts';
export { StoppedError } from './stopped-error.ts';
export { table } from './table.ts';
export { type Colors, type Terminal, type TerminalStream, terminalOn } from './terminal.ts';
export { visibleText } from './visible-text.ts';
export { wrapText } from './wrap-text.ts';
