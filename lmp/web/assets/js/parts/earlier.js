// What somebody wrote, kept on this device whatever becomes of the network: some states of every field, for thirty days.
const PREFIX = "lmp-earlier:";
const KEPT_FOR = 30 * 24 * 3600 * 1000;
const ONE_STATE = 60 * 1000;
const MOST = 20;
const FEW_LETTERS = 20;

export class Earlier {
  constructor({ person, course, unit }) {
    this.prefix = `${PREFIX}${person}:${course}:${unit}:`;
    forgetOld();
  }

  // The states of a field, oldest first: {began, at, text, saved}.
  of(block, name) {
    return read(this.prefix + `${block}:${name}`);
  }

  // Keep a text. What is typed on within a minute is one state with what it began from; a text that lost words is another.
  keep(block, name, text) {
    const states = this.of(block, name);
    const last = states.at(-1);
    const now = Date.now();
    if (last?.text === text) return;
    const goesOn = last && !last.saved && now - last.began < ONE_STATE && text.length + FEW_LETTERS >= last.text.length;
    if (goesOn) states.pop();
    states.push({ began: goesOn ? last.began : now, at: now, text, saved: false });
    write(this.prefix + `${block}:${name}`, states.slice(-MOST));
  }

  // The server has this text: nothing of the field waits any more.
  settle(block, name) {
    const states = this.of(block, name);
    if (!states.some((state) => !state.saved)) return;
    write(this.prefix + `${block}:${name}`, states.map((state) => ({ ...state, saved: true })));
  }

  // Blocks of this unit with a text that never reached the server.
  waiting() {
    const names = keys().filter((key) => key.startsWith(this.prefix) && read(key).at(-1)?.saved === false);
    return new Set(names.map((key) => key.slice(this.prefix.length).split(":")[0]));
  }
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

// When the device has no more room, what is oldest goes first.
function write(key, states) {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      localStorage.setItem(key, JSON.stringify(states));
      return;
    } catch {
      const oldest = keys().filter((one) => one !== key).sort((a, b) => newest(a) - newest(b))[0];
      if (!oldest) return;
      localStorage.removeItem(oldest);
    }
  }
}

const newest = (key) => read(key).at(-1)?.at ?? 0;

function forgetOld() {
  const limit = Date.now() - KEPT_FOR;
  for (const key of keys()) {
    const states = read(key);
    const young = states.filter((state) => state.at >= limit);
    if (!young.length) localStorage.removeItem(key);
    else if (young.length < states.length) write(key, young);
  }
}
