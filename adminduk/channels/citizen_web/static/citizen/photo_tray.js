// The pictures that were chosen, before they leave: look, turn, take again, order, remove; a warning is never a wall.

import { prepared } from "./photo_pictures.js";
import { recordOf, send } from "./photo_sending.js";
import { WARNINGS, dress, element, t } from "./photo_words.js";

const GUIDE = "M50 12c26 0 26 62 0 62s-26-62 0-62M16 38h68"; // oval of the face, line of the eyes
let current;

export function open(form, input) {
  if (!current || current.form !== form) current = new Tray(form, input);
  return current;
}

class Tray {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.isPortrait = form.dataset.photo === "pas_foto";
    this.status = form.querySelector(".sending");
    this.button = form.querySelector("button[name=kirim]");
    this.calm = [...this.button.childNodes];
    this.items = [];
    this.isBusy = false;
    this.list = element("ol", { class: "tray", "aria-label": t("Foto yang akan dikirim", "Photographs to be sent") });
    this.status.before(this.list);
    dress(form);
  }

  choose() {
    const files = [...this.input.files].filter((file) => !this.items.some((item) => item.file === file));
    const added = files.map((file) => this.made(file));
    this.items = this.input.multiple ? [...this.items, ...added] : added;
    this.show();
  }

  made(file) {
    const item = { file, turns: 0, warnings: [] };
    this.prepare(item);
    return item;
  }

  prepare(item) {
    const { turns } = item;
    item.ready = prepared(item.file, { turns, isPortrait: this.isPortrait }).then((result) => {
      if (item.turns !== turns) return;
      Object.assign(item, result, { name: result.isSeen ? "foto.jpg" : item.file.name });
      this.show();
    });
  }

  // The field holds the same files in the same order: the form can be sent without this script at any time.
  show() {
    const files = new DataTransfer();
    for (const { file } of this.items) files.items.add(file);
    this.input.files = files.files;
    const focused = document.activeElement?.dataset?.act;
    const place = [...this.list.children].findIndex((child) => child.contains(document.activeElement));
    for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.list.replaceChildren(...this.items.map((item, index) => this.drawn(item, index)));
    const hasWarning = this.items.some(({ warnings }) => warnings.length);
    if (hasWarning) this.button.replaceChildren(t("Kirim tetap", "Send anyway"));
    else this.button.replaceChildren(...this.calm);
    if (focused && place >= 0) this.list.children[place]?.querySelector(`[data-act=${focused}]`)?.focus();
  }

  drawn(item, index) {
    const number = index + 1;
    const act = (name, label, run) =>
      element("button", { type: "button", class: "plain", "data-act": name, onclick: run }, label,
        element("span", { class: "hidden" }, ` ${t("foto", "photograph")} ${number}`));
    const row = element("li", {}, this.preview(item, number));
    for (const name of item.warnings) row.append(element("p", { class: "caution" }, WARNINGS[name]));
    if (item.warnings.length) {
      row.append(element("p", {}, t("Foto lagi, atau tetap kirim.", "Take it again, or send it anyway.")));
    }
    const acts = element("div", { class: "acts" });
    if (item.isSeen) acts.append(act("turn", t("Putar", "Turn"), () => this.turn(item)));
    acts.append(act("again", t("Foto lagi", "Take again"), () => this.again(item)));
    if (index) acts.append(act("up", t("Naikkan", "Move up"), () => this.move(item, -1)));
    if (number < this.items.length) acts.append(act("down", t("Turunkan", "Move down"), () => this.move(item, 1)));
    acts.append(act("remove", t("Hapus", "Remove"), () => this.remove(item)));
    const label = t(`Terkirim, foto ${number}`, `Sent, photograph ${number}`);
    item.bar = element("progress", { max: "1", value: "0", hidden: true, "aria-label": label });
    row.append(item.bar, acts);
    return row;
  }

  preview(item, number) {
    if (!item.blob) return element("p", { class: "unseen" }, t("Menyiapkan …", "Preparing …"));
    if (!item.isSeen) return element("p", { class: "unseen" }, item.file.name);
    const image = element("img", {
      src: URL.createObjectURL(item.blob),
      width: item.width,
      height: item.height,
      alt: t(`Foto ${number}, belum dikirim`, `Photograph ${number}, not sent yet`),
    });
    const frame = element("div", { class: "frame" }, image);
    if (this.isPortrait) {
      const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      drawing.setAttribute("viewBox", "0 0 100 133");
      drawing.setAttribute("aria-hidden", "true");
      const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      line.setAttribute("d", GUIDE);
      drawing.append(line);
      frame.append(drawing);
    }
    return frame;
  }

  turn(item) {
    item.turns = (item.turns + 1) % 4;
    this.prepare(item);
  }

  again(item) {
    const field = element("input", { type: "file", accept: this.input.accept });
    field.addEventListener("change", () => {
      if (!field.files.length) return;
      this.items[this.items.indexOf(item)] = this.made(field.files[0]);
      this.show();
    });
    field.click();
  }

  move(item, by) {
    const from = this.items.indexOf(item);
    this.items.splice(from, 1);
    this.items.splice(from + by, 0, item);
    this.show();
  }

  remove(item) {
    this.items.splice(this.items.indexOf(item), 1);
    this.show();
    if (!this.items.length) this.input.focus();
  }

  async submit(button) {
    if (this.isBusy) return;
    this.isBusy = true;
    const seen = new Set(this.items.filter(({ blob }) => blob));
    try {
      await Promise.all(this.items.map((item) => item.ready));
      const isMeant = (item) => item.isTold || (button === this.button && seen.has(item)); // it read "Send anyway"
      const surprise = this.items.findIndex((item) => item.warnings.length && !isMeant(item));
      if (surprise >= 0) { // not a byte is sent before the person has seen the warning; once is enough
        for (const item of this.items) item.isTold = true;
        this.say(t("Lihat dulu catatan pada foto.", "Please look at the note on the photograph first."));
        this.list.children[surprise].querySelector("button").focus();
        return;
      }
      const records = this.items.map((item, index) => recordOf(item, index, this.form));
      this.list.inert = true;
      const say = (text) => this.say(text);
      await send(this.form, records, { button, say, progress: (index, share) => this.progress(index, share) });
    } finally {
      this.isBusy = false;
      this.list.inert = false;
    }
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  progress(index, share) {
    const { bar } = this.items[index];
    bar.hidden = false;
    bar.value = share;
  }
}
