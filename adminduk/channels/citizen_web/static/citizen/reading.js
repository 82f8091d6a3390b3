// While a page is being read, the list of pages is asked for again until its verdict is there. Without this file a link
// on the page does the same.

const FIRST = 1200; // milliseconds
const LONGEST = 15_000;
const GIVEN_UP = 40; // times: by then the page says itself that nobody need wait

export function begin() {
  const list = document.getElementById("daftar");
  if (list && list.dataset.reading) follow(list, FIRST, 0);
}

function follow(list, pause, times) {
  if (times > GIVEN_UP) return;
  setTimeout(async () => {
    if (!list.isConnected) return; // another list has taken its place
    const fresh = document.hidden ? null : await fetched(list.dataset.reading);
    if (!list.isConnected) return;
    if (fresh && fresh.dataset.state !== list.dataset.state) {
      show(list, fresh);
      if (fresh.dataset.reading) follow(fresh, FIRST, times + 1);
      return;
    }
    follow(list, Math.min(LONGEST, pause * 1.3), times + 1);
  }, pause);
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "reading" }, redirect: "error" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("daftar");
  } catch {
    return null; // the network: the next time
  }
}

function show(list, fresh) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  list.replaceWith(fresh);
  if (focused) {
    const same = focused.name
      ? fresh.querySelector(`[name="${focused.name}"][value="${focused.value}"]`)
      : fresh.querySelector(`a[href="${focused.getAttribute("href")}"]`);
    (same || fresh.querySelector("a, button")).focus();
  }
  const told = [...fresh.querySelectorAll(".cause, .well")].map((line) => line.textContent.trim());
  document.getElementById("dibaca").textContent = told.join(" ");
}

document.addEventListener("page", begin);
begin();
