// What the script says, in the language of the page.

const isEnglish = document.documentElement.lang === "en";

export const t = (indonesian, english) => (isEnglish ? english : indonesian);

export const WARNINGS = {
  dark: t("Terlalu gelap. Foto dekat jendela.", "Too dark. Take it near a window."),
  blurred: t(
    "Tampak buram. Bersihkan lensa, tahan HP diam, ketuk layar pada tulisan.",
    "It looks blurred. Wipe the lens, hold still, tap the screen on the text.",
  ),
};

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content);
  return made;
}

// The sheet for what the script shows; it is not loaded with the page.
export function dress({ dataset: { sheet } }) {
  if (document.querySelector(`link[href="${sheet}"]`)) return;
  document.head.append(element("link", { rel: "stylesheet", href: sheet }));
}
