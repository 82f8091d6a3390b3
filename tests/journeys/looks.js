// What the tests ask a page about itself. Injected after axe; leaves nothing behind but marks of the keyboard's way.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isSeen = (each) => each.checkVisibility({ visibilityProperty: true });
  const words = (each) => `${each.tagName.toLowerCase()} “${each.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const tag = (each) => each.outerHTML.slice(0, 100);
  const hasRing = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const CAN_BE_USED = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const SPEAKS = "a, button, label, p, h1, h2, h3, li, dd, dt, th, td, legend";

  window.looks = {
    // Elements that make the page scroll sideways.
    tooWide() {
      const edge = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= edge) return [];
      const reach = (each) => { // of the words too, where they stand out of their element
        const range = document.createRange();
        range.selectNodeContents(each);
        return Math.max(each.getBoundingClientRect().right, range.getBoundingClientRect().right);
      };
      const out = all("body *").filter((each) => reach(each) > edge + 1).map(words);
      return out.length ? out.slice(-3) : ["something that has no box"];
    },

    // Elements whose own words do not fit into them and cannot be scrolled to.
    cutOff() {
      return all(SPEAKS).filter((each) => {
        const isHidden = ["hidden", "clip"].includes(getComputedStyle(each).overflowX);
        return isHidden && each.clientWidth > 2 && each.scrollWidth > each.clientWidth + 1;
      }).map(words);
    },

    // Buttons and fields that only colour sets off.
    borderless() {
      return all(".button, input:not([type=hidden]), select, textarea")
        .filter((each) => isSeen(each) && !["radio", "checkbox", "file"].includes(each.type))
        .filter((each) => !(parseFloat(getComputedStyle(each).borderTopWidth) >= 1)).map(tag);
    },

    // Where the keyboard is: null outside the page.
    stop() {
      const each = document.activeElement;
      if (!each || each === document.body) return null;
      each.dataset.reached = "1";
      const box = each.getBoundingClientRect();
      const style = getComputedStyle(each);
      const around = getComputedStyle(each.closest("label") || each);
      return {
        what: tag(each),
        hasRing: hasRing(style) || hasRing(around) || style.boxShadow !== "none",
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    },

    // What can be used but was no stop; of a group of radio buttons one stop is enough.
    notReached() {
      const isSpared = (each) => each.disabled || each.dataset.reached || each.closest("dialog:not([open])")
        || (each.type === "radio" && all("input[type=radio]").some((one) => one.name === each.name && one.dataset.reached));
      return all(CAN_BE_USED).filter((each) => isSeen(each) && !isSpared(each)).map(tag);
    },

    // All that is said in the language of the page, fields' words included, and nothing marked as another language.
    said() {
      const main = document.documentElement.lang;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [document.title];
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest("[lang]").lang === main && !parent.closest("script, style")) found.push(walker.currentNode.data);
      }
      for (const name of ["aria-label", "alt", "title", "placeholder"]) {
        for (const each of all(`[${name}]`)) if (each.closest("[lang]").lang === main) found.push(each.getAttribute(name));
      }
      return found.map((text) => text.trim()).filter(Boolean);
    },
  };
})();
