/**
 * A text without the characters at its end that `dropped` matches one by one. A regular expression that ends with `+$` begins anew at
 * each character of a run that is not at the end; this looks at the end alone.
 */
export function trimmedEnd(text: string, dropped: RegExp): string {
  let end = text.length;
  while (end > 0 && dropped.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
