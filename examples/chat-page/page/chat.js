// A chat page on Commitlane. It needs two things of its server: `/access` says where the API is, with a token of the user;
// `/answer` streams what a model says to messages. Everything else is between the page and Commitlane's API.
import { CommitlaneApiError, commitlaneClient } from 'commitlane/client';

/** A conversation is committed after 20 messages, or after two minutes of silence; the button does not wait. */
const autoCommit = { messageCount: 20, idleSeconds: 120 };
/** What the model is sent: memories, summaries, and the newest messages that fit. */
const TOKEN_BUDGET = 8_000;
const TITLE_LENGTH = 60;
/** The API takes no longer query. */
const QUERY_LENGTH = 1_000;

const element = (id) => document.getElementById(id);
const list = element('log').querySelector('ol');
const [text, send, problem, state] = ['text', 'send', 'problem', 'state'].map(element);

let access = await fetchAccess();
const client = commitlaneClient({
  baseUrl: access.apiUrl,
  async token() {
    if (Date.parse(access.expiresAt) < Date.now() + 60_000) access = await fetchAccess();
    return access.token;
  },
});

/** Why what is under way ends: another conversation is shown. */
class LeftError extends Error {}

/** The conversation that is shown. `scope` is whose memories it feeds: those of the token's user. */
let session;
/** Ends what is under way when another conversation is shown. */
let shown = new AbortController();

async function fetchAccess() {
  const response = await fetch('/access');
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

function addMessage(role, content) {
  const item = document.createElement('li');
  item.className = `said ${role}`;
  const name = document.createElement('b');
  name.textContent = role === 'user' ? 'You' : 'Assistant';
  // As text, never as HTML: nobody knows what a model, or a person, writes.
  const body = document.createTextNode(content);
  item.append(name, body);
  list.append(item);
  item.scrollIntoView({ block: 'end' });
  return {
    write(part) {
      const isAtEnd =
        list.parentElement.scrollTop + list.parentElement.clientHeight > list.parentElement.scrollHeight - 80;
      body.data += part;
      if (isAtEnd) item.scrollIntoView({ block: 'end' });
    },
    get content() {
      return body.data;
    },
    setWriting: (isWriting) => item.classList.toggle('is-writing', isWriting),
    remove: () => item.remove(),
  };
}

/** A message's content is a text or a list of parts; a chat shows what was said. */
function textIn(content) {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

async function showSession(sessionId) {
  shown.abort(new LeftError());
  shown = new AbortController();
  const { signal } = shown;
  location.hash = sessionId;
  list.replaceChildren();
  state.textContent = '';
  say('');
  session = await client.createSession(sessionId, { autoCommit }, { signal });
  for await (const { archive } of client.archives(sessionId, { signal })) {
    for await (const { role, content } of client.archivedMessages(sessionId, archive, { signal }))
      addMessage(role, textIn(content));
  }
  for await (const { role, content } of client.liveMessages(sessionId, { signal }))
    addMessage(role, textIn(content));
  await Promise.all([showSessions(signal), showMemories(signal)]);
  text.focus();
}

async function showSessions(signal) {
  const { sessions } = await client.listSessions({ scope: session.scope, limit: 50, signal });
  const options = sessions.map(({ sessionId, title }) => new Option(title ?? 'Untitled', sessionId));
  if (!sessions.some(({ sessionId }) => sessionId === session.sessionId))
    options.unshift(new Option('New conversation', session.sessionId));
  element('sessions').replaceChildren(...options);
  element('sessions').value = session.sessionId;
}

async function showMemories(signal) {
  const items = [];
  for await (const memory of client.memories(session.scope, { signal })) {
    const item = document.createElement('li');
    const subject = document.createElement('small');
    subject.textContent = `${memory.category} · ${memory.key}`;
    item.append(memory.text, subject);
    items.push(item);
  }
  if (items.length === 0) {
    const item = document.createElement('li');
    item.textContent = 'Nothing yet.';
    items.push(item);
  }
  element('remembered').replaceChildren(...items);
}

/** Appends what the user says, asks for what a model should know, shows the answer as it comes, and appends it. */
async function converse(content) {
  const { signal } = shown;
  const { sessionId } = session;
  const mine = addMessage('user', content);
  // With an id, the message is stored once, however often it is sent.
  const appended = await client
    .append(sessionId, [{ id: crypto.randomUUID(), role: 'user', content }], { signal })
    .catch((error) => {
      mine.remove();
      text.value ||= content;
      throw error;
    });
  if (list.childElementCount === 1) await nameSession(content, signal);
  const { messages } = await client.getContextMessages(sessionId, {
    query: content.slice(0, QUERY_LENGTH),
    tokenBudget: TOKEN_BUDGET,
    signal,
  });
  const answer = addMessage('assistant', '');
  answer.setWriting(true);
  try {
    for await (const part of answerTo(messages, signal)) answer.write(part);
  } finally {
    answer.setWriting(false);
    if (answer.content === '') answer.remove();
  }
  if (answer.content === '') throw new Error('The model said nothing. Ask again.');
  const said = { id: crypto.randomUUID(), role: 'assistant', content: answer.content };
  const { autoCommit: due = appended.autoCommit } = await client.append(sessionId, [said], { signal });
  if (due) inBackground(watch(due.commitId, signal));
}

async function nameSession(content, signal) {
  const title = [...content.replace(/\s+/g, ' ')].slice(0, TITLE_LENGTH).join('');
  await client.updateSession(session.sessionId, { title }, { signal });
  await showSessions(signal);
}

async function* answerTo(messages, signal) {
  const response = await fetch('/answer', { method: 'POST', body: JSON.stringify({ messages }), signal });
  if (!response.ok) throw new Error(await response.text());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

const stateWords = {
  queued: 'Waiting for a worker …',
  committing: 'Moving the messages into an archive …',
  archived: 'Archived. Finding what to remember …',
  completed: 'Remembered.',
  empty: 'Everything was remembered already.',
  retrying: 'Trying again …',
  'dead-lettered': 'It failed; an operator has to look: npx commitlane dlq list --local',
};

/** Shows how a commit goes on, and what is remembered after it. */
async function watch(commitId, signal) {
  for await (const commit of client.watchCommit(session.sessionId, commitId, { signal })) {
    state.textContent = stateWords[commit.state] ?? commit.state;
    state.dataset.state = commit.state;
  }
  await showMemories(signal);
}

async function rememberNow() {
  const { signal } = shown;
  const { commitId } = await client.requestCommit(session.sessionId, { reason: 'Remember now', signal });
  await watch(commitId, signal);
}

function say(what) {
  problem.textContent = what;
}

/** What is under way ends by itself when another conversation is shown; any other failure is told. */
function inBackground(work) {
  return work.catch((error) => {
    if (error instanceof LeftError) return;
    const isGone = error instanceof CommitlaneApiError && error.status === 401;
    say(isGone ? 'The stack does not know this token: it was started anew. Reload the page.' : error.message);
  });
}

/** Does one thing at a time: the button is off meanwhile. */
async function busy(button, work) {
  if (button.disabled) return;
  button.disabled = true;
  say('');
  await inBackground(work());
  button.disabled = false;
}

element('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const content = text.value.trim();
  if (content === '' || send.disabled) return;
  text.value = '';
  busy(send, () => converse(content));
});
text.addEventListener('keydown', (event) => {
  // Enter that ends a composition, as of Japanese, is not meant for the form.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  element('say').requestSubmit();
});
element('commit').addEventListener('click', ({ currentTarget }) => busy(currentTarget, rememberNow));
element('new').addEventListener('click', ({ currentTarget }) =>
  busy(currentTarget, () => showSession(crypto.randomUUID())),
);
element('sessions').addEventListener('change', ({ target }) => inBackground(showSession(target.value)));

inBackground(showSession(location.hash.slice(1) || crypto.randomUUID()));
