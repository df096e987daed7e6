/** Commands to paste into a shell: append a message, commit it, read the memories, look around. */
export function tryItLines(
  apiUrl: string,
  token: string,
  session: { readonly id: string; readonly scope: string },
): string[] {
  const message = { role: 'user', content: 'I am Robin. I prefer tea to coffee.' };
  const body = JSON.stringify({ messages: [message] });
  const curl = `curl -sS -H 'Authorization: Bearer ${token}'`;
  const sessionUrl = `${apiUrl}/sessions/${encodeURIComponent(session.id)}`;
  return [
    `${curl} -H 'Content-Type: application/json' -d '${body}' '${sessionUrl}/messages'`,
    `${curl} -X POST '${sessionUrl}/commits'`,
    `${curl} '${apiUrl}/memories/${encodeURIComponent(session.scope)}'`,
    'npx commitlane console --local  # look at sessions, dead letters and limits in a browser',
  ];
}
