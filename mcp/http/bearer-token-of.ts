/** The token of a request's header `Authorization`; undefined where it has none. The scheme is of any case (RFC 7235). */
export function bearerTokenOf(headers: Headers): string | undefined {
  return /^bearer +([\x21-\x7e]+) *$/i.exec(headers.get('authorization') ?? '')?.[1];
}
