const STAND_IN =
  /^(?:\$[\w{(]|%[A-Za-z_(]|\{|<|\[|[*•…]+$|[x•·.…_-]{3,}|your\b|your[_-]|my[_-]?(?:secret|token|password|api|key)|example|(?:db_?)?pass(?:word|wd)?$|secret$|token$|pwd$|api[_-]?key$|redacted|removed|hidden|masked|censored|process\.env|os\.environ|env[.[(]|import\.meta|secrets?[.[]|vault:|ssm:|arn:|op:\/\/)/i;

/** Whether a text stands where a secret would be, and is none: `${PASSWORD}`, `<token>`, `*****`, `your-key`. */
export function isStandIn(text: string): boolean {
  return STAND_IN.test(text);
}
