/** What `--help` prints. */
export const usage = `Runs Commitlane on this machine, and plays conversations into it: appends, commits, summaries, memories.

  npm start                           play the sample conversations, show what came of them, and stay up
  npm start -- --once                 exit after that: 0 when every message is archived exactly once, else 1
  npm start -- --once --json          print the result as one JSON document; progress goes to stderr

  --input FILE    play this file instead: one JSON object a line, with role (user, assistant, system, tool)
                  and content; other fields are kept as the message's metadata
  --data DIR      keep the data in this folder; a later start with the same folder goes on where this one
                  ended, however it ended; without it the data live in memory
  --port N        the API's port on 127.0.0.1; 0 takes any free one (default 4500, with --once any free one)
  --cors ORIGIN   pages of this origin may call the API, too, such as https://chat.example; may be repeated;
                  pages of this machine (http://localhost:PORT) always may
  --lease STORE   where leases are kept: dynamodb (the default), or upstash, which is Redis behind Upstash's
                  REST protocol: a redis-server of its own if there is one on the PATH, else an embedded one
  --model NAME    writes summaries and finds memories: offline (the default), or openai-compatible:MODEL, with
  --model-url URL the server's base URL, without /chat/completions, such as http://127.0.0.1:11434/v1; its key,
                  if it wants one, is taken from the environment variable COMMITLANE_MODEL_KEY
  --once          exit after the job
  --json          with --once: print nothing but the result
  --verbose       show what the functions log
  -h, --help      show this
`;
