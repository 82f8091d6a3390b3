// Two minutes before a session ends: ask, and go on by one button. Without this file the server keeps the same time.

const WARNING = 120;
const dialog = document.getElementById("akhir-sesi");
const [asking, ended] = dialog.querySelectorAll("div");
const form = dialog.querySelector("form");
let ends = 0;

function begin() {
  ends = Date.now() + Number(dialog.dataset.seconds) * 1000;
  asking.hidden = false;
  ended.hidden = true;
  if (dialog.open) dialog.close();
}

function look() {
  const left = Math.round((ends - Date.now()) / 1000);
  if (left > WARNING) return;
  if (!dialog.open) dialog.showModal();
  if (left <= 0) {
    asking.hidden = true;
    ended.hidden = false;
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.status === 204) begin();
  else form.submit();
});

begin();
setInterval(look, 5000); // a sleeping phone runs no long timers: look at the clock again and again
if (localStorage.getItem("foto")) import("./photo_elsewhere.js"); // rarely: pictures that an earlier visit could not send
