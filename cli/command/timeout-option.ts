import { Option } from '@commander-js/extra-typings';
import { parseDuration } from './parse-duration.ts';

const DEFAULT_TIMEOUT_MS = 15 * 60_000;

/** `--timeout`: for how long something is followed. */
export function timeoutOption(description = 'how long to watch: 90s, 15m') {
  return new Option('--timeout <time>', description)
    .argParser(parseDuration)
    .default(DEFAULT_TIMEOUT_MS, '15m');
}
