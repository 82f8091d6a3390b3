// What an earlier visit could not send: go on, or delete.

import { send } from "./photo_sending.js";
import { all, remove } from "./photo_store.js";
import { giveUp } from "./photo_upload.js";
import { dress, element, t } from "./photo_words.js";

export async function show(form) {
  const records = (await all()).filter(({ page }) => page === location.pathname);
  if (!records.length) return;
  dress(form);
  const count = records.length;
  const status = element("p", { role: "status" });
  const counted = count > 1 ? `${count} photographs have not been sent yet` : "1 photograph has not been sent yet";
  const privacy = t(
    "Foto tersimpan di HP ini saja. Terhapus setelah terkirim, atau saat Anda keluar.",
    "Kept on this phone only. Deleted when sent, or when you sign out.",
  );
  const box = element("section", { class: "notice warning", id: "belum-terkirim" },
    element("h2", {}, t(`${count} foto belum selesai dikirim`, counted)), element("p", {}, privacy), status);
  const acts = element("p", { class: "actions" },
    element("button", { type: "button", class: "button", onclick: proceed }, t("Lanjutkan kirim", "Go on sending")),
    element("button", { type: "button", class: "plain", onclick: discard }, t("Hapus", "Delete")));
  box.append(acts);
  form.before(box);

  async function proceed() {
    acts.hidden = true;
    const chosen = form.querySelector(`input[name=jenis][value="${records[0].kind}"]`);
    if (chosen) chosen.checked = true;
    const bars = records.map((_, index) => {
      const label = t(`Terkirim, foto ${index + 1}`, `Sent, photograph ${index + 1}`);
      return element("progress", { max: "1", value: "0", "aria-label": label });
    });
    status.before(...bars);
    await send(form, records, {
      button: null,
      say: (text) => { if (status.textContent !== text) status.textContent = text; },
      progress: (index, share) => { bars[index].value = share; },
    });
    acts.hidden = false;
  }

  async function discard() {
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const { address } of records) if (address) giveUp(address, token);
    await remove(records);
    box.remove();
    form.closest("main").focus();
  }
}
