// Pictures of another page wait in this browser: the way there.

import { all } from "./photo_store.js";
import { element, t } from "./photo_words.js";

const others = (await all()).filter(({ page }) => page !== location.pathname);
if (others.length) {
  const words = t("Ada foto yang belum selesai dikirim.", "A photograph has not been sent yet.");
  const way = element("a", { href: others[0].page }, t("Lanjutkan kirim", "Go on sending"));
  document.querySelector("main > div").prepend(element("p", { class: "notice warning" }, `${words} `, way));
}
