/* Keys, zoom and the ten seconds. Every page works without this file. */
const root = document.documentElement;
root.classList.add("js");

/* --- documents: one at a time, zoomed and turned ------------------------------------------------------- */
const papers = [...document.querySelectorAll(".paper")];
const links = [...document.querySelectorAll("[data-paper]")];
let zoom = 1;
let turn = 0;

/* In parts of the column's width, so that nothing has to be measured. */
function place(picture) {
  const isAcross = turn % 180 !== 0;
  const ratio = picture.getAttribute("height") / picture.getAttribute("width");
  const width = 100 * zoom * (isAcross ? Math.min(1, 1 / ratio) : 1);
  const spare = isAcross ? (width - width * ratio) / 2 : 0;
  picture.style.width = `${width}%`;
  picture.style.maxWidth = "none";
  picture.style.transform = turn ? `rotate(${turn}deg)` : "";
  picture.style.margin = isAcross ? `${spare}% ${-spare}%` : "";
}

function placeAll() {
  for (const spot of document.querySelectorAll(".spot")) spot.remove();
  for (const picture of document.querySelectorAll(".paper.shown img")) place(picture);
}

function showPaper(id) {
  for (const paper of papers) paper.classList.toggle("shown", paper.id === id);
  for (const link of links) {
    if (link.dataset.paper === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  zoom = 1;
  turn = 0;
  placeAll();
}

/* --- a value's place on its page: shown large, with a frame ---------------------------------------------- */
const NEAR = 2.2;

function showSpot(link) {
  const page = document.getElementById(link.dataset.spot);
  showPaper(page.closest(".paper").id);
  zoom = NEAR;
  placeAll();
  const [left, top, right, bottom] = link.dataset.box.split(" ").map(Number);
  const picture = page.querySelector("img");
  const { offsetWidth: width, offsetHeight: height, offsetLeft: x, offsetTop: y } = picture;
  const spot = document.createElement("span");
  const edge = 6;
  spot.className = "spot";
  spot.style.left = `${x + left * width - edge}px`;
  spot.style.top = `${y + top * height - edge}px`;
  spot.style.width = `${(right - left) * width + 2 * edge}px`;
  spot.style.height = `${(bottom - top) * height + 2 * edge}px`;
  page.append(spot);
  spot.scrollIntoView({ block: "center", inline: "center" });
}

if (papers.length) {
  document.querySelector(".zoom").hidden = false;
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      showPaper(link.dataset.paper);
    });
  }
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const act = button.dataset.zoom;
      if (act === "+") zoom = Math.min(zoom * 1.25, 5);
      else if (act === "-") zoom = Math.max(zoom / 1.25, 0.4);
      else if (act === "R") turn = (turn + 90) % 360;
      else {
        zoom = 1;
        turn = 0;
      }
      placeAll();
    });
  }
  for (const page of document.querySelectorAll(".page")) {
    page.addEventListener("click", (event) => event.preventDefault());
  }
  for (const link of document.querySelectorAll("[data-spot]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      showSpot(link);
    });
  }
  const said = document.getElementById(location.hash.slice(1));
  showPaper(said?.dataset.of || papers[0].id);
}

/* --- keys: never in a field, never with Ctrl or Alt, can be switched off -------------------------------- */
const SWITCH = "keys-off";
const isOff = () => localStorage.getItem(SWITCH) === "1";

addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
  const key = event.key.length === 1 ? event.key.toUpperCase() : "";
  const wanted = { "=": "+", _: "-" }[key] || key;
  if (!wanted) return;
  const target = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === wanted);
  if (!target || target.closest("[hidden]")) return;
  event.preventDefault();
  target.click();
});

const keys = document.querySelector(".keys");
if (keys) {
  const button = keys.querySelector("button");
  const say = () => {
    button.textContent = isOff() ? keys.dataset.off : keys.dataset.on;
    root.classList.toggle("no-keys", isOff());
  };
  button.addEventListener("click", () => {
    localStorage.setItem(SWITCH, isOff() ? "0" : "1");
    say();
  });
  keys.hidden = false;
  say();
}

/* --- the hold goes on while somebody works --------------------------------------------------------------- */
const decide = document.querySelector(".decide");
if (decide) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const EVERY = 5 * 60 * 1000;
  let worked = false;
  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(kind, () => (worked = true), { passive: true, capture: true });
  }
  setInterval(async () => {
    if (!worked) return;
    worked = false;
    const answer = await fetch(decide.dataset.still, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.status === 409) {
      const told = document.createElement("p");
      told.className = "problem";
      told.setAttribute("role", "alert");
      told.textContent = decide.dataset.gone;
      decide.replaceChildren(told);
    }
  }, EVERY);
}

/* --- undo: the bar leaves when its seconds are over -------------------------------------------------------- */
const undo = document.querySelector(".undo");
if (undo) setTimeout(() => undo.remove(), Number(undo.dataset.seconds) * 1000);

/* --- errors: the summary takes the focus ------------------------------------------------------------------- */
document.querySelector(".summary-of-errors")?.focus();
