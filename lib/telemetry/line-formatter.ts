import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/** A line says when, how urgent and which event; then the rest, in the order in which it was given. */
export class LineFormatter extends LogFormatter {
  override formatAttributes(
    { timestamp, logLevel, message }: UnformattedAttributes,
    others: LogAttributes,
  ): LogItem {
    const at = timestamp.toISOString();
    return new LogItem({ attributes: { at, level: logLevel, event: message, ...others } });
  }
}
