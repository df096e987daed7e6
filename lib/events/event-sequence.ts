/**
 * A stream's numbers have at most 40 digits
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
 */
const STREAM_DIGITS = 40;
/** One write makes two events at most. */
const PLACE_DIGITS = 1;
export const SEQUENCE_DIGITS = STREAM_DIGITS + PLACE_DIGITS;

/** The sequence of an event: the number of its write, and its place among the events of that write, counted from 0. */
export function eventSequence(streamSequence: string, place: number): string {
  return streamSequence.padStart(STREAM_DIGITS, '0') + String(place).padStart(PLACE_DIGITS, '0');
}
