/**
 * A value as JSON in UTF-8 says it, which is how a model is sent it: of a date, a text; of half a character, such as a text
 * ends with that was cut off within an emoji, the replacement character.
 */
export function plainJson<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_name, one: unknown) => (typeof one === 'string' ? one.toWellFormed() : one)),
  );
}
