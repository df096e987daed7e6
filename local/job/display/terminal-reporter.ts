import type { CommitState } from '../../../lib/client/index.ts';
import type { Colors, Terminal } from '../../../terminal/index.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { CommitChange, JobReporter } from '../run/job-reporter.ts';
import { count } from './count.ts';

/** Shows what a job does: a line for each session and for each change of a commit, and how far the appends are. */
export function terminalReporter(terminal: Terminal, conversations: readonly Conversation[]): JobReporter {
  const { colors } = terminal;
  const nameWidth = Math.max(0, ...conversations.map(({ name }) => name.length));
  const names = new Map(conversations.map(({ name, sessionId }) => [sessionId, name]));
  const total = conversations.reduce((sum, { messages }) => sum + messages.length, 0);
  let stored = 0;
  const say = (sessionId: string, text: string) =>
    terminal.line(`  ${colors.cyan((names.get(sessionId) ?? sessionId).padEnd(nameWidth))}  ${text}`);
  const showStored = () => terminal.status(`${stored} of ${total} messages are stored`);
  return {
    sessionOpened({ sessionId, messages }, storedMessages) {
      stored += storedMessages;
      const earlier = storedMessages > 0 ? `, ${storedMessages} of them stored by an earlier run` : '';
      say(
        sessionId,
        `session ${colors.bold(sessionId)} is open for ${count(messages.length, 'message')}${earlier}`,
      );
      showStored();
    },
    appended(_conversation, messageCount) {
      stored += messageCount;
      showStored();
    },
    commitRequested(sessionId, commitId, existing) {
      if (existing)
        say(sessionId, `${shortId(commitId)}  ${colors.dim('asked for again: the same commit answers')}`);
      showStored();
    },
    commitChanged(change) {
      say(change.sessionId, describeChange(change, colors));
      showStored();
    },
    waiting() {
      terminal.line(
        `  ${stored} of ${total} messages are stored; waiting for the commits and what follows them`,
      );
    },
    verifying() {
      terminal.line('  reading everything back, and comparing');
    },
  };
}

const SHORT_ID_CHARACTERS = 6;

/** The end of an id, where the ids of one minute differ. */
function shortId(commitId: string): string {
  return `commit …${commitId.slice(-SHORT_ID_CHARACTERS)}`;
}

function describeChange({ commit, news, messageCount }: CommitChange, colors: Colors): string {
  const requestedMs = Date.parse(commit.requestedAt);
  const events = news.map(({ at, event, detail }) => {
    const elapsed = colors.dim(`${Date.parse(at) - requestedMs} ms`);
    return `${colorOf(event, colors)(event)} ${elapsed}${detail ? ` (${detail})` : ''}`;
  });
  const what = events.length > 0 ? events.join(', ') : colorOf(commit.state, colors)(commit.state);
  const archive =
    commit.archive === undefined
      ? ''
      : `archive ${commit.archive}, ${messageCount === undefined ? '? messages' : count(messageCount, 'message')}: `;
  return `${shortId(commit.commitId)}  ${archive}${what}`;
}

function colorOf(event: string, colors: Colors): Colors['green'] {
  const byState: Readonly<Record<CommitState, Colors['green']>> = {
    queued: String,
    committing: String,
    retrying: colors.yellow,
    archived: colors.green,
    completed: colors.green,
    empty: colors.dim,
    skipped: colors.yellow,
    cancelled: colors.yellow,
    'dead-lettered': colors.red,
  };
  return byState[event as CommitState] ?? String;
}
