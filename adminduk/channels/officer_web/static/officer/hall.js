/* The counter's page asks again how many wait while nobody stands there; tickets are printed. Works without this file. */
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// The page for everybody is asked, without the session: asking by itself must not keep anybody signed in.
const waiting = document.getElementById("menunggu");
if (waiting?.dataset.every) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(waiting.dataset.from, { credentials: "omit", redirect: "error", cache: "no-store" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      let here = 0;
      for (const row of page.querySelectorAll("[data-service]")) {
        const shown = waiting.querySelector(`[data-service="${row.dataset.service}"]`);
        if (!shown) continue;
        shown.querySelector("b").textContent = row.dataset.waiting;
        if (shown.dataset.here) here += Number(row.dataset.waiting);
      }
      waiting.querySelector("h2 .number").textContent = here;
    } catch {
      /* the network: the next time */
    }
  }, Number(waiting.dataset.every) * 1000);
}
