/** Anything that happens, as the domain reports it: a type, and the numbers and names that belong to it. */
export interface ReportedEvent {
  readonly type: string;
  readonly [detail: string]: unknown;
}

/** One line of JSON per event; `error`s become their name, code and message. Message text is never part of an event. */
export function jsonLogger(options: {
  readonly write: (line: string) => void;
  readonly now: () => number;
  /** On every line. */
  readonly fields?: Readonly<Record<string, unknown>>;
}): (event: ReportedEvent) => void {
  const { write, now, fields } = options;
  return ({ type, ...details }) =>
    write(
      JSON.stringify(
        { at: new Date(now()).toISOString(), event: type, ...fields, ...details },
        describeErrors,
      ),
    );
}

function describeErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, cause } = value;
  return {
    name,
    ...('code' in value && { code: value.code }),
    message,
    ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }),
  };
}
