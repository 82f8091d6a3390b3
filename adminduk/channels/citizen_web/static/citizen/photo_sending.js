// Pictures on their way: kept in the browser first, sent whole if they are small, else in parts; then the form is sent.

import { Refused, SignedOut, awake, isOpen, upload } from "./photo_upload.js";
import { keep, remove } from "./photo_store.js";
import { t } from "./photo_words.js";

const SENT_WHOLE = 256 * 1024; // bytes of all pictures together
const BUSY = 3; // tries
const BROKE = "foto-putus"; // the network broke off once in this session: no more large pieces

// A picture as it waits in the browser. Its id says nothing about the person.
export function recordOf({ blob, name }, position, form) {
  return {
    id: `${Date.now()}-${Math.random()}`,
    page: location.pathname,
    position,
    blob,
    name,
    kind: new FormData(form).get("jenis") || "",
    replaces: new FormData(form).get("ganti") || "",
    address: "",
    created: Date.now(),
  };
}

// `records` in the order of the pages; `progress(index, share)`; resolves when the next page comes.
export async function send(form, records, { button, say, progress }) {
  form.setAttribute("aria-busy", "true");
  try {
    say(`${t("Mengirim", "Sending")} …`);
    for (const record of records) await keep(record);
    if (!(await sentWhole(form, records, button, progress))) await sentInParts(form, records, { button, say, progress });
  } catch (error) {
    if (error instanceof SignedOut) location.reload(); // sign-in leads back here, where the pictures wait
    else throw error;
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function sentWhole(form, records, button, progress) {
  const size = records.reduce((sum, { blob }) => sum + blob.size, 0);
  if (size > SENT_WHOLE || sessionStorage.getItem(BROKE) || records.some(({ address }) => address)) return false;
  const answer = await posted(form, withFiles(form, records), progressOfAll(records, progress));
  if (!answer) sessionStorage.setItem(BROKE, "1");
  else await next(form, records, answer, button);
  return Boolean(answer);
}

async function sentInParts(form, records, { button, say, progress }) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const data = fields(form, records);
  try {
    for (const [index, record] of records.entries()) {
      const told = ({ sent, pause }) => {
        if (pause) say(broken(pause));
        else {
          progress(index, sent / record.blob.size);
          say(sending(index + 1, records.length));
        }
      };
      data.append("unggahan", await upload(record, { token, keep, told }));
      progress(index, 1);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await insist(form, records, withFiles(form, records), { button, say });
    return;
  }
  await insist(form, records, data, { button, say });
}

// The form goes again and again until somebody answers: taking the same picture twice is harmless.
async function insist(form, records, data, { button, say }) {
  say(t("Memeriksa foto …", "Looking at the photograph …"));
  for (let tries = 0; ; tries += 1) {
    const answer = await posted(form, data);
    if (answer && (answer.status !== 503 || tries >= BUSY)) {
      await next(form, records, answer, button);
      return;
    }
    const pause = Math.min(30_000, 1000 * 2 ** tries);
    say(answer ? busy : broken(pause));
    await awake(pause);
  }
}

const busy = t("Sedang ramai. Dicoba lagi sebentar lagi.", "Busy just now. Trying again in a moment.");

const broken = (pause) =>
  t(
    `Jaringan terputus. Foto tersimpan di HP ini. Dicoba lagi dalam ${Math.round(pause / 1000)} detik.`,
    `The network broke off. The photograph is kept on this phone. Next try in ${Math.round(pause / 1000)} s.`,
  );

// What the server still has whole may go on later: there were too many pages, or too many tries.
async function refused(records) {
  const goesOn = await Promise.all(records.map(({ address }) => address && isOpen(address)));
  return records.filter((_, index) => !goesOn[index]);
}

const sending = (number, count) =>
  count > 1
    ? t(`Mengirim foto ${number} dari ${count} …`, `Sending photograph ${number} of ${count} …`)
    : t("Mengirim foto …", "Sending the photograph …");

function fields(form, [{ replaces }]) {
  const data = new FormData(form);
  data.delete("berkas");
  // An earlier visit wanted to replace a page, and that page is still there.
  if (replaces && !data.has("ganti") && document.querySelector(`main [href*="${replaces}"]`)) data.set("ganti", replaces);
  return data;
}

function withFiles(form, records) {
  const data = fields(form, records);
  for (const { blob, name } of records) data.append("berkas", blob, name);
  return data;
}

function progressOfAll(records, progress) {
  return (share) => records.forEach((_, index) => progress(index, share));
}

// The answer, or nothing when none came.
function posted(form, data, progress = () => {}) {
  const request = new XMLHttpRequest();
  request.open("POST", location.pathname);
  request.setRequestHeader("X-Requested-With", "photo");
  request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
  request.upload.onprogress = (sent) => { if (sent.lengthComputable) progress(sent.loaded / sent.total); };
  return new Promise((done) => {
    request.onload = () => done(request);
    request.onerror = request.ontimeout = () => done(null);
    request.timeout = 180_000;
    request.send(data);
  });
}

async function next(form, records, answer, button) {
  if (answer.status === 403 || new URL(answer.responseURL).pathname !== location.pathname) throw new SignedOut();
  if (answer.status === 204) {
    await remove(records);
    const input = form.querySelector("input[type=file]");
    if (input) input.value = "";
    if (button && button.name !== "kirim") {
      form.requestSubmit(button);
    } else {
      history.replaceState(null, "", `${location.pathname}#halaman`); // no longer the page that replaces one
      location.reload();
    }
    return;
  }
  if (answer.status < 500) await remove(await refused(records)); // told in words; choose another
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelector(".summary-of-errors, h1")?.focus();
  scrollTo(0, 0);
  document.dispatchEvent(new Event("page"));
}
