/**
 * Names in keys: no `#` (it separates key parts), no spaces, at most 128 characters. Not `.` or `..`, which addresses
 * lose on their way (RFC 3986, 5.2.4), even percent-encoded.
 */
export const namePattern = /^(?!\.{1,2}$)[A-Za-z0-9._:@+|-]{1,128}$/;
