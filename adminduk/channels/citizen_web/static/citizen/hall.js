/* Pages about a hall: what changes is asked for again every few seconds, and on the screen new calls are spoken.
   Without this file the page reloads itself. */
const SPOKEN = "id-ID";
// Without the session: a page that asks by itself must not keep anybody signed in.
const AS_ANYBODY = { credentials: "omit", headers: { "Accept-Language": document.documentElement.lang } };
const GAP = 0.25; // seconds between the two tones
let isOn = false;
let sound = null;
const heard = new Set();

const board = () => document.getElementById("papan");
const callsIn = (part) => [...part.querySelectorAll(".now [data-call]")];

async function ask() {
  const now = board();
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { ...AS_ANYBODY, redirect: "error", cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("papan");
    if (!fresh || fresh.innerHTML === now.innerHTML) return;
    now.replaceChildren(...fresh.childNodes);
    announce();
  } catch {
    /* the network: the next time */
  }
}

/* --- the voice of the browser, or a tone where it has none for Indonesian --------------------------------- */
function announce() {
  for (const call of callsIn(board()).reverse()) {
    if (heard.has(call.dataset.call)) continue;
    heard.add(call.dataset.call);
    if (!isOn) continue;
    tone();
    speak(call.dataset.spoken);
  }
}

function speak(words) {
  const voice = window.speechSynthesis?.getVoices().find((each) => each.lang.replace("_", "-").startsWith("id"));
  if (!voice) return;
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = SPOKEN;
  said.rate = 0.9;
  speechSynthesis.speak(said);
}

function tone() {
  if (!sound) return;
  [880, 660].forEach((pitch, number) => {
    const begin = sound.currentTime + number * GAP;
    const source = sound.createOscillator();
    const loudness = sound.createGain();
    source.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.3, begin);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + GAP);
    source.connect(loudness).connect(sound.destination);
    source.start(begin);
    source.stop(begin + GAP);
  });
}

const button = document.getElementById("suara");
if (button) {
  const say = () => (button.textContent = isOn ? button.dataset.on : button.dataset.off);
  button.addEventListener("click", () => {
    isOn = !isOn;
    sound ??= new AudioContext();
    if (isOn) tone();
    else window.speechSynthesis?.cancel();
    say();
  });
  button.hidden = false;
  say();
}

for (const call of callsIn(board())) heard.add(call.dataset.call);
setInterval(ask, Number(board().dataset.every) * 1000);
